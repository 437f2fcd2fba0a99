#!/usr/bin/env bash
# Makes up what the containers have to keep secret, each in a file of .secrets or of the folder that is named;
# what is there stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Nobody else may enter the folder. The files themselves are read by the containers' own users.
folder=${1:-.secrets}
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

keep() {
  [ -e "$1" ] && return
  printf %s "$2" >"$1.draft"
  chmod 444 "$1.draft"
  mv "$1.draft" "$1"
}

for name in postgres-password {identity,catalog,cart,orders,payment}-db-password \
  signing-secret address-key payment-key bank-key simulator-api-key simulator-webhook-secret \
  redis-password admin-password grafana-password; do
  keep "$name" "$(head -c 32 /dev/urandom | base64)"
done
keep redis.conf "requirepass $(cat redis-password)"
