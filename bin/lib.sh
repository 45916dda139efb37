# What the scripts beside this file share; they source it. It sets root, cache and HOME.
# shellcheck shell=bash
set -euo pipefail

# Without HOME, the user's directory is what the system says.
if [ -z "${HOME:-}" ]; then
    unset HOME
    HOME=~
    export HOME
fi
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/mcp-access"
script="$(basename "$0")"

fail() {
    echo "$script: $1" >&2
    exit "${2:-1}"
}

# Copies the sources of a checkout that cannot be written to, so that they can be built; what is no longer there goes.
mirror() {
    local from="$1" to="$2" file
    mkdir -p "$to" 2>/dev/null || fail "$from cannot be written to, and neither can $to, where it would be built instead; set XDG_CACHE_HOME to a directory of yours" 3
    tar -C "$from" --exclude=target --exclude=./build --exclude=node_modules --exclude=.git -cf - . | tar -C "$to" -xf -
    (cd "$to" && find . \( -name target -o -path ./build -o -name node_modules \) -prune -o -type f -print) | while IFS= read -r file; do
        [ -e "$from/$file" ] || rm -f "$to/$file"
    done
}

if ! [ -w "$root" ]; then
    copy="$cache/checkout-$(printf '%s' "$root" | cksum | cut -d ' ' -f 1)"
    echo "$script: $root cannot be written to; building in $copy" >&2
    mirror "$root" "$copy"
    root="$copy"
fi

# What is built has the version of the first version element of the root's POM.
version="$(sed -n 's:^    <version>\(.*\)</version>$:\1:p' "$root/pom.xml" | head -n 1)"

need_java() {
    local version
    if ! command -v java >/dev/null && [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        PATH="$JAVA_HOME/bin:$PATH"
    fi
    command -v java >/dev/null || fail "java is not on the PATH; install a JDK, 17 or newer." 3
    version="$(java -version 2>&1 | sed -n 's/.*version "\([0-9][0-9]*\).*/\1/p' | head -n 1)"
    [ "${version:-0}" -ge 17 ] || fail "the java on the PATH is version ${version:-unknown}; install a JDK, 17 or newer." 3
}

need_maven() {
    need_java
    command -v mvn >/dev/null || fail "mvn is not on the PATH; install Maven, 3.8 or newer." 3
}

# progress WHAT COMMAND...: runs what may take minutes. Says where it stands at least every ten seconds, by the last line of
# its output, and shows the output only where it fails. In a shell of its own, for its traps.
progress() (
    what="$1" child='' log="$(mktemp)" every="${PROGRESS_SECONDS:-8}" next="${PROGRESS_SECONDS:-8}" colour=$'\033\\[[0-9;]*m'
    shift
    trap '[ -z "$child" ] || kill "$child" 2>/dev/null; rm -f "$log"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    echo "$what" >&2
    SECONDS=0
    "$@" </dev/null >"$log" 2>&1 &
    child=$!
    while kill -0 "$child" 2>/dev/null; do
        if [ "$SECONDS" -ge "$next" ]; then
            printf '   %3d s  %s\n' "$SECONDS" "$(tail -n 50 "$log" | sed "s/$colour//g" | tr -d '\033\r' | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c 1-90)" >&2
            next=$((SECONDS + every))
        fi
        sleep 0.2
    done
    status=0
    wait "$child" || status=$?
    child=
    if [ "$status" -ne 0 ]; then
        tail -n 40 "$log" >&2
        echo "$script: failed after $SECONDS s: $what" >&2
    fi
    exit "$status"
)

# build WHAT MODULE,MODULE... [OPTION...]: packages modules without their tests.
build() {
    local what="$1"
    shift
    need_maven
    progress "$what" package "$@"
}

# Maven's quiet mode still ends with colour codes, unless told.
package() {
    local list="$1"
    shift
    cd "$root"
    exec mvn -B -ntp -Dstyle.color=never -DskipTests -Dspotless.check.skip=true -pl "$list" "$@" package
}
