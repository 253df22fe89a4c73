# Completion of jp for bash: `jp` itself says what may stand where the cursor is.
_jp() {
    local IFS=$'\n' line word=${COMP_LINE:0:COMP_POINT} begun=${COMP_WORDS[COMP_CWORD]}
    local -a words
    # Bash splits words at @ and : as well, which addresses have; the shell's own way of words it is.
    IFS=$' \t\n' read -ra words <<<"$word"
    [[ $word == *[[:space:]] ]] && words+=("")
    begun=${words[-1]}
    local broken=${begun%"${begun##*[@:=]}"}
    COMPREPLY=()
    while read -r line; do
        case $line in
        :files) compopt -o filenames; COMPREPLY+=($(compgen -f -- "${begun##*=}")); broken="" ;;
        :directories) compopt -o filenames; COMPREPLY+=($(compgen -d -- "${begun##*=}")); broken="" ;;
        *)
            line=${line%%$'\t'*}
            COMPREPLY+=("${line#"$broken"}")
            ;;
        esac
    done < <(jp --complete "${words[@]:1}" 2>/dev/null)
}
complete -F _jp jp
