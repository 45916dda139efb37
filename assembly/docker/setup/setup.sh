#!/usr/bin/env bash
# Makes AM ready: a domain, a store with its model in OpenFGA, the engine, flows and consent form, the MCP servers of servers.yaml.
# What is there is left as it is, so it can run again. Needs bash, curl and Java; says what it did, never a secret.
#   AMCTL_URL, AMCTL_USERNAME, AMCTL_PASSWORD   the management API and who asks
#   OPENFGA_URL                                 as AM's nodes reach it; OPENFGA_TOKEN its key, where it has one
#   DOMAIN                                      the domain's name (mcp)
#   SECRETS                                     where secrets of new MCP servers go (/run/mcp/secrets.jsonl)
set -euo pipefail

here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
amctl="${AMCTL:-/opt/amctl/amctl}"
domain="${DOMAIN:-mcp}"
secrets="${SECRETS:-/run/mcp/secrets.jsonl}"
: "${AMCTL_URL:?}" "${AMCTL_USERNAME:?}" "${AMCTL_PASSWORD:?}" "${OPENFGA_URL:?}"

say() { printf 'setup: %s\n' "$*"; }
member() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

# The password goes through a file descriptor, where other processes do not see it.
am_token() {
    curl -sS --fail -X POST "$AMCTL_URL/auth/token" -K <(printf 'user = "%s:%s"\n' "$AMCTL_USERNAME" "$AMCTL_PASSWORD") | member access_token
}
am() {
    local method="$1" path="$2" body="${3:-}"
    curl -sS --fail-with-body -X "$method" "$AMCTL_URL/organizations/DEFAULT/environments/DEFAULT$path" \
        -H 'Content-Type: application/json' -K <(printf 'header = "Authorization: Bearer %s"\n' "$token") ${body:+-d "$body"}
}
openfga() {
    curl -sS --fail-with-body "$OPENFGA_URL$1" -H 'Content-Type: application/json' \
        -K <([ -z "${OPENFGA_TOKEN:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$OPENFGA_TOKEN") ${2:+-d "$2"}
}

token="$(am_token)"
if "$amctl" domains --json | grep -Eq "\"(name|hrid|id)\" *: *\"$domain\""; then
    say "the domain $domain is there"
else
    id="$(am POST /domains "{\"name\":\"$domain\",\"description\":\"MCP servers\",\"dataPlaneId\":\"default\"}" | member id)"
    am PATCH "/domains/$id" '{"enabled":true}' >/dev/null
    say "the domain $domain is made"
fi

store="$(openfga "/stores?name=$domain" | tr '{' '\n' | grep "\"name\":\"$domain\"" | member id || true)"
if [ -n "$store" ]; then
    say "the store $domain is there"
else
    store="$(openfga /stores "{\"name\":\"$domain\"}" | member id)"
    openfga "/stores/$store/authorization-models" "$(cat "$here/model.json")" >/dev/null
    openfga "/stores/$store/write" "$(cat "$here/tuples.json")" >/dev/null
    say "the store $domain is made, with model and tuples"
fi

AMCTL_OPENFGA_TOKEN="${OPENFGA_TOKEN:-}" "$amctl" protect "$domain" --openfga "$OPENFGA_URL" --store "$store" --loopback --apply
"$amctl" declare "$domain" -f "$here/servers.yaml" --secret-out "$secrets"
say "done"
