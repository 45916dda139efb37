#!/bin/sh
# In the compose file: the credentials that the setup wrote, then the guard. AM shows a new server's secret once.
set -eu
line="$(tail -n 1 "${SECRETS:-/run/mcp/secrets.jsonl}")"
GUARD_CLIENT_ID="$(printf %s "$line" | sed -n 's/.*"clientId" *: *"\([^"]*\)".*/\1/p')"
GUARD_CLIENT_SECRET="$(printf %s "$line" | sed -n 's/.*"clientSecret" *: *"\([^"]*\)".*/\1/p')"
export GUARD_CLIENT_ID GUARD_CLIENT_SECRET
exec "$@"
