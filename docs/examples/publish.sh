#!/bin/sh
# publish.sh: as .git/hooks/post-commit, publishes each Markdown file of posts/ that a commit adds.
set -eu
git diff-tree --root --no-commit-id --name-only --diff-filter=A -r HEAD -- posts/ |
    while IFS= read -r file; do
        case $file in *.md) ;; *) continue ;; esac
        # What is in the file is the token: an amended commit publishes nothing a second time.
        git show "HEAD:$file" | sed 1d | jp blog post - --wait \
            --title "$(git show "HEAD:$file" | sed -n '1s/^#* *//p')" \
            --token "$(git rev-parse "HEAD:$file")"
    done
