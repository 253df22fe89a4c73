#!/bin/sh
# bot.sh [PROFILE]: answers what people write alone, a line for a word that it knows.
profile=${1:-@DEFAULT@} last=-1
while line=$(jp message wait -p "$profile" --after "$last" --fields id,kind,peer,body); do
    IFS='	' read -r last kind peer body <<END
$line
END
    [ "$kind" = chat ] || continue
    case $body in
        uptime) answer=$(uptime) ;;
        disk) answer=$(df -h /) ;;
        *) answer="I know: uptime, disk" ;;
    esac
    # The token has one answer go out to each message, also if this is killed and begun again.
    jp message send -p "$profile" --token "answer to $last" "$peer" "$answer" >/dev/null
done
