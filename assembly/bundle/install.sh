#!/usr/bin/env bash
# Puts the plugins of MCP access control into one or two homes of Gravitee Access Management, or takes them out again.
# See "usage" below. Needs bash and one of unzip, python3 or a JDK's jar.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
zips=$here/plugins
state_name=.mcp-access          # in the plugins directory; AM looks at *.zip directly in it and at nothing else

usage() {
    cat <<'TEXT'
usage: install.sh [--dry-run | --yes] [--plugins DIR] AM_HOME...
       install.sh --check [--plugins DIR] AM_HOME...
       install.sh --uninstall [--dry-run | --yes] [--plugins DIR] AM_HOME...

AM_HOME is the home of a gateway or of a management API (the directory with bin/, config/, lib/ and plugins/);
which of the two is seen from its lib/. Give one or both. A gateway gets the engine, the protocol and the policy,
a management API the engine and the policy.

  --dry-run      say what would be done, change nothing
  --yes          go on where the installer would stop and ask
  --check        say what is installed, what AM will load and what it leaves aside
  --uninstall    take the plugins out and put back what was set aside
  --plugins DIR  the plugins directory, when gravitee.yml sets plugins.path (one AM_HOME only)

Exit status: 0 done (check: everything is in place), 1 failed (check: something is missing or shadowed),
2 wrong call, 3 stopped to ask: nothing was changed, look at the plan and call again with --yes.
TEXT
}

say() { printf '%s\n' "$*"; }
die() { printf 'install.sh: %s\n' "$2" >&2; exit "$1"; }

action=install answer=ask plugins_override=''
homes=()
while [ $# -gt 0 ]; do
    case $1 in
        --check) action=check ;;
        --uninstall) action=uninstall ;;
        --dry-run) answer=dry ;;
        --yes) [ "$answer" = dry ] || answer=yes ;;
        --plugins) [ $# -gt 1 ] || die 2 "--plugins needs a directory"; plugins_override=$2; shift ;;
        -h | --help) usage; exit 0 ;;
        -*) usage >&2; die 2 "unknown option $1" ;;
        *) homes+=("${1%/}") ;;
    esac
    shift
done
[ ${#homes[@]} -gt 0 ] || { usage >&2; die 2 "no AM_HOME given"; }
[ -z "$plugins_override" ] || [ ${#homes[@]} -eq 1 ] || die 2 "--plugins goes with one AM_HOME"

work=$(mktemp -d "${TMPDIR:-/tmp}/mcp-access.XXXXXX")
trap 'rm -rf "$work"' EXIT

# ---- reading ZIPs -------------------------------------------------------------------------------------------------

zip_tool=''
for tool in unzip python3 jar; do
    if command -v "$tool" >/dev/null 2>&1; then zip_tool=$tool; break; fi
done
[ -n "$zip_tool" ] || die 1 "needs unzip, python3 or a JDK's jar to look into plugin ZIPs; install one of them"

zip_names() {
    case $zip_tool in
        unzip) unzip -Z1 "$1" 2>/dev/null ;;
        python3) python3 -c 'import sys,zipfile
for n in zipfile.ZipFile(sys.argv[1]).namelist(): print(n)' "$1" 2>/dev/null ;;
        jar) jar tf "$1" 2>/dev/null ;;
    esac
}

zip_read() {    # archive, entry -> stdout
    case $zip_tool in
        unzip) unzip -p "$1" "$2" 2>/dev/null ;;
        python3) python3 -c 'import sys,zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$1" "$2" 2>/dev/null ;;
        jar) rm -rf "$work/jar" && mkdir "$work/jar" && (cd "$work/jar" && jar xf "$1" "$2") && cat "$work/jar/$2" ;;
    esac
}

# Sets m_type, m_id, m_version and m_class from the manifest that AM would read in this ZIP; false if it is no plugin.
manifest() {
    local archive jar_entry entry
    archive=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
    m_type='' m_id='' m_version='' m_class=''
    jar_entry=$(zip_names "$archive" | grep -v / | grep '\.jar$' | sed -n 1p) || return 1
    zip_read "$archive" "$jar_entry" >"$work/plugin.jar" || return 1
    entry=$(zip_names "$work/plugin.jar" | grep -E '(^|/)plugin\.properties$' | sed -n 1p) || return 1
    zip_read "$work/plugin.jar" "$entry" | tr -d '\r' >"$work/plugin.properties" || return 1
    m_type=$(property type) m_id=$(property id) m_version=$(property version) m_class=$(property class)
    [ -n "$m_type" ] && [ -n "$m_id" ]
}

property() { sed -n "s/^[[:space:]]*$1[[:space:]]*[=:][[:space:]]*//p" "$work/plugin.properties" | sed -n 1p; }

ours() { case $m_class in io.mcpaccess.*) return 0 ;; *) return 1 ;; esac; }

# ---- looking at a home --------------------------------------------------------------------------------------------

# Sets node (gateway or management), plugins, state and am_version of a home; dies where it is no home of AM.
inspect() {
    local home=$1 jar configured
    [ -d "$home" ] || die 2 "$home: no such directory"
    [ -d "$home/lib" ] || die 2 "$home: no lib/ in it; give the home of an AM gateway or management API"
    node=''
    for jar in "$home"/lib/gravitee-am-gateway-standalone-bootstrap-*.jar; do [ -e "$jar" ] && node=gateway; done
    for jar in "$home"/lib/gravitee-am-management-api-standalone-bootstrap-*.jar; do
        [ -e "$jar" ] || continue
        [ -z "$node" ] || die 2 "$home: lib/ has the jars of both a gateway and a management API; give their homes apart"
        node=management
    done
    [ -n "$node" ] || die 2 "$home: neither an AM gateway nor an AM management API (no gravitee-am-*-standalone-bootstrap jar in lib/)"
    am_version=$(basename "$(ls "$home"/lib/gravitee-am-*-standalone-bootstrap-*.jar | sed -n 1p)" .jar)
    am_version=${am_version##*-bootstrap-}
    plugins=${plugins_override:-$home/plugins}
    configured=$(configured_path "$home/config/gravitee.yml")
    if [ -z "$plugins_override" ] && [ -n "$configured" ]; then
        case $configured in
            '${gravitee.home}/plugins' | '${gravitee.home}/plugins/') ;;
            *) die 2 "$home: config/gravitee.yml sets plugins.path ($configured); call again for this home with --plugins DIR" ;;
        esac
    fi
    [ -d "$plugins" ] || die 2 "$plugins: no such directory; AM loads plugins from there"
    state=$plugins/$state_name
}

configured_path() {    # the value of plugins.path in gravitee.yml, nothing where it is not set
    [ -f "$1" ] || return 0
    awk '/^[^[:space:]#]/ { inside = ($0 ~ /^plugins:/) }
         inside && /^[[:space:]]+path:/ { sub(/^[[:space:]]+path:[[:space:]]*/, ""); sub(/[[:space:]]+#.*$/, ""); gsub(/["\047]/, "");
             print ($0 == "" ? "a list" : $0); exit }' "$1"
}

wanted() {    # the ZIPs of this bundle that belong on the node, one a line
    local zip
    for zip in "$zips"/*.zip; do
        [ -e "$zip" ] || die 1 "$zips: no plugin ZIPs; unpack the whole bundle and call its install.sh"
        manifest "$zip" || die 1 "$zip: not a plugin ZIP; the bundle is damaged, unpack it again"
        [ "$node" = management ] && [ "$m_type" = protocol ] && continue
        printf '%s\t%s\t%s\t%s\n' "$m_type" "$m_id" "$m_version" "$zip"
    done
}

# All plugin ZIPs of the home with the type or the id of one of ours: type, id, version, ours|other, file.
installed() {
    local zip
    for zip in "$plugins"/*.zip; do
        [ -e "$zip" ] || continue
        manifest "$zip" || continue
        printf '%s\t%s\t%s\t%s\t%s\n' "$m_type" "$m_id" "${m_version:--}" "$(ours && echo ours || echo other)" "$zip"
    done
}

newest() {    # of the files on stdin, the one that AM loads
    local file best=''
    while IFS= read -r file; do
        if [ -z "$best" ] || [ "$file" -nt "$best" ]; then best=$file; fi
    done
    printf '%s\n' "$best"
}

older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | sed -n 1p)" = "$1" ]; }

# ---- install ------------------------------------------------------------------------------------------------------

doubts=0
doubt() { say "  ? $*"; doubts=$((doubts + 1)); }

plan_install() {    # writes plan lines "aside<TAB>file" and "copy<TAB>file" to $1 and tells them
    local plan=$1 type id version zip o_type o_id o_version owner file
    : >"$plan"
    wanted >"$work/wanted"
    installed >"$work/installed"
    say "$home: AM $node $am_version, plugins in $plugins"
    if older "${am_version%%-*}" 4.10; then doubt "AM $am_version is older than 4.10, which these plugins are made for"; fi
    while IFS=$'\t' read -r type id version zip; do
        while IFS=$'\t' read -r o_type o_id o_version owner file; do
            if [ "$o_id" = "$id" ] && [ "$o_type" != "$type" ]; then
                doubt "$(basename "$file") has the id $id with the type $o_type: AM would mix up the two; rename or remove it first"
            fi
            [ "$o_type/$o_id" = "$type/$id" ] || continue
            if [ "$owner" = other ]; then
                doubt "set aside $(basename "$file"): another plugin for $type/$id, version $o_version"
            elif older "$version" "$o_version"; then
                doubt "set aside $(basename "$file"): version $o_version is newer than $version"
            else
                say "  - set aside $(basename "$file"), version $o_version"
            fi
            printf 'aside\t%s\n' "$file" >>"$plan"
        done <"$work/installed"
        say "  + $(basename "$zip"): $type/$id, version $version"
        printf 'copy\t%s\n' "$zip" >>"$plan"
        if [ -d "$plugins/ext/$id" ]; then say "    note: AM adds the jars of $plugins/ext/$id to this plugin"; fi
    done <"$work/wanted"
}

run_install() {
    local step file target
    [ -w "$plugins" ] || die 1 "$plugins: not writable for $(id -un); call this as the user who owns AM"
    mkdir -p "$state/set-aside"
    touch "$state/installed"
    while IFS=$'\t' read -r step file; do
        target=$plugins/$(basename "$file")
        if [ "$step" = aside ]; then
            set_aside "$file"
        else
            cp "$file" "$state/incoming"
            touch "$state/incoming"
            mv "$state/incoming" "$target"
            grep -qxF "$(basename "$file")" "$state/installed" || basename "$file" >>"$state/installed"
        fi
    done <"$1"
    say "$home: done; restart the $node"
}

# A ZIP that this installer put in is replaced; everything else is kept for --uninstall, with its time.
set_aside() {
    local name
    name=$(basename "$1")
    if grep -qxF "$name" "$state/installed"; then
        rm "$1"
        grep -vxF "$name" "$state/installed" >"$state/installed.new" || true
        mv "$state/installed.new" "$state/installed"
    else
        mv "$1" "$state/set-aside/$name"
    fi
}

# ---- uninstall ----------------------------------------------------------------------------------------------------

plan_uninstall() {
    local name file
    : >"$1"
    say "$home: AM $node $am_version, plugins in $plugins"
    if [ ! -f "$state/installed" ]; then
        say "  nothing was installed here by this installer"
        return
    fi
    while IFS= read -r name; do
        [ -e "$plugins/$name" ] || { say "  - $name is gone already"; continue; }
        say "  - remove $name"
        printf 'remove\t%s\n' "$plugins/$name" >>"$1"
    done <"$state/installed"
    for file in "$state"/set-aside/*.zip; do
        [ -e "$file" ] || continue
        if [ -e "$plugins/$(basename "$file")" ] && ! grep -qxF "$(basename "$file")" "$state/installed"; then
            doubt "$(basename "$file") was set aside, and a file of that name is there again: it stays, and so does the one in $state/set-aside"
            continue
        fi
        say "  + put back $(basename "$file")"
        printf 'restore\t%s\n' "$file" >>"$1"
    done
    printf 'forget\t%s\n' "$state" >>"$1"
}

run_uninstall() {
    local step file
    [ -s "$1" ] || return 0
    [ -w "$plugins" ] || die 1 "$plugins: not writable for $(id -un); call this as the user who owns AM"
    while IFS=$'\t' read -r step file; do
        case $step in
            remove) rm "$file" ;;
            restore) mv "$file" "$plugins/$(basename "$file")" ;;
            forget)
                rm "$file/installed"
                rmdir "$file/set-aside" "$file" 2>/dev/null || true    # kept where a file could not be put back
                ;;
        esac
    done <"$1"
    say "$home: done; restart the $node"
}

# ---- check --------------------------------------------------------------------------------------------------------

check() {
    local type id version zip all loaded file missing=0
    say "$home: AM $node $am_version, plugins in $plugins"
    wanted >"$work/wanted"
    installed >"$work/installed"
    while IFS=$'\t' read -r type id version zip; do
        all=$(awk -F '\t' -v key="$type/$id" '$1 "/" $2 == key { print $5 }' "$work/installed")
        if [ -z "$all" ]; then
            say "  $type/$id: missing"
            missing=1
            continue
        fi
        loaded=$(printf '%s\n' "$all" | newest)
        manifest "$loaded"
        if ours; then
            say "  $type/$id: version $m_version, loaded from $(basename "$loaded")"
        else
            say "  $type/$id: AM loads $(basename "$loaded"), another plugin (version $m_version)"
            missing=1
        fi
        while IFS= read -r file; do
            [ "$file" = "$loaded" ] || say "    shadowed by it: $(basename "$file")"
        done <<<"$all"
        awk -F '\t' -v type="$type" -v id="$id" '$2 == id && $1 != type { print "    same id, type " $1 ": " $5 " (AM mixes up the two)" }' "$work/installed"
    done <"$work/wanted"
    for file in "$state"/set-aside/*.zip; do
        if [ -e "$file" ]; then say "  set aside: $(basename "$file")"; fi
    done
    return $missing
}

# ---- all homes ----------------------------------------------------------------------------------------------------

for home in "${homes[@]}"; do inspect "$home"; done

if [ "$action" = check ]; then
    result=0
    for home in "${homes[@]}"; do
        inspect "$home"
        check || result=1
    done
    exit $result
fi

n=0
for home in "${homes[@]}"; do
    inspect "$home"
    "plan_$action" "$work/plan.$n"
    n=$((n + 1))
done
if [ "$answer" = dry ]; then
    say "dry run: nothing was changed"
    exit 0
fi
if [ "$doubts" -gt 0 ] && [ "$answer" != yes ]; then
    say "stopped: nothing was changed. If the lines with a question mark are right, call again with --yes."
    exit 3
fi
n=0
for home in "${homes[@]}"; do
    inspect "$home"
    "run_$action" "$work/plan.$n"
    n=$((n + 1))
done
