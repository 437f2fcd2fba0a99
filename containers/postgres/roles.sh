#!/usr/bin/env bash
# On an empty server: for each service a role that can log in, and a schema that it owns and nobody else can reach.
set -euo pipefail

sql() {
  psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

sql --set database="$POSTGRES_DB" <<'EOF'
revoke all on database :"database" from public;
revoke all on schema public from public;
EOF

for role in identity catalog cart orders payment; do
  sql --set database="$POSTGRES_DB" --set role="$role" --set password="$(cat "/run/secrets/$role-db-password")" <<'EOF'
create role :"role" login password :'password';
alter role :"role" set search_path = :"role";
grant connect on database :"database" to :"role";
create schema :"role" authorization :"role";
EOF
done

# Only a superuser can: what catalog's search is made of.
sql <<'EOF'
create extension pg_trgm schema catalog;
create extension unaccent schema catalog;
EOF
