#!/usr/bin/env bash
# Reads the paths that have changed, and prints the modules to build and test as a JSON list: those
# in which something has changed, and all of them after a change of what they share.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

modules=()
for file in common-*/pom.xml */CHANGELOG.md; do
  modules+=("${file%/*}")
done

changed=()
while IFS= read -r path; do
  case $path in
    pom.xml | common-*/* | .github/*)
      changed=("${modules[@]}")
      ;;
  esac
  for module in "${modules[@]}"; do
    if [[ $path == "$module"/* && " ${changed[*]-} " != *" $module "* ]]; then
      changed+=("$module")
    fi
  done
done

list=$(printf ',"%s"' "${changed[@]+"${changed[@]}"}")
[ ${#changed[@]} -gt 0 ] || list=,
echo "[${list:1}]"
