# Completion of jp for fish: `jp` itself says what may stand where the cursor is.
function __jp_complete
    set -l words (commandline -opc)
    set -l begun (commandline -ct)
    # Of --option=FILE the file alone is what fish knows to complete.
    set -l option (string match -r -- '^--[^=]*=' $begun)
    set -q option[1]; or set option ""
    set -l path (string replace -r -- '^--[^=]*=' '' $begun)
    for line in (jp --complete $words[2..-1] "$begun" 2>/dev/null)
        switch $line
            case :files
                printf '%s\n' $option(__fish_complete_path $path)
            case :directories
                printf '%s\n' $option(__fish_complete_directories $path)
            case '*'
                echo $line
        end
    end
end
complete -c jp -f -a '(__jp_complete)'
