# Completion of jp for fish: `jp` itself says what may stand where the cursor is.
function __jp_complete
    set -l words (commandline -opc)
    set -l begun (commandline -ct)
    for line in (jp --complete $words[2..-1] "$begun" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $begun
            case :directories
                __fish_complete_directories $begun
            case '*'
                echo $line
        end
    end
end
complete -c jp -f -a '(__jp_complete)'
