#!/usr/bin/env bash
# Elastic: Microsoft 365 audit logs
# Made from guide elastic, digest 0000. Change the guide, not this file.
guide='elastic'
app_name='Elastic Microsoft 365 audit'
redirect_uris=()
needs_server=no
secret_name='Elastic Agent'
days=180
# Resource, permission id, type, name.
permissions=(
  'c5393580-f805-4401-95e8-94b7a6ef2fc2 594c1fb6-4f81-4475-ae41-0c394909246c Role ActivityFeed.Read'
  'c5393580-f805-4401-95e8-94b7a6ef2fc2 4807a72c-ad38-4250-94c9-4eabfe26cd55 Role ActivityFeed.ReadDlp'
)

usage() {
  cat <<TEXT
Sets up the app "$app_name" in one or several tenants. It can be run again: what is there stays.

  --tenant ID        tenant to work in; may be given several times
  --tenants FILE     file with one tenant per line
  --dry-run          say what would be done, change nothing
  --server NAME      name of your own server, where the redirect addresses carry it
  --days N           days the secret lives (default $days, at most 730)
  --renew            make a new secret although one of that name exists
  --seal-to KEY      age recipient who may open the file with the secret; needed wherever a secret is made
  --out FOLDER       where sealed files go (default: the current folder)

The secret is never printed. It goes into a sealed file, and to "handrail check" if that command is there.
TEXT
}

set -euo pipefail
case $- in *x*) echo "refusing to run with -x: it would print the secret" >&2; exit 2 ;; esac

tenants=()
dry_run=no
renew=no
seal_to=''
server=''
out=.
while [ $# -gt 0 ]; do
  case $1 in
    --tenant) tenants+=("${2:?--tenant needs an ID}"); shift 2 ;;
    --tenants)
      while IFS= read -r line || [ -n "$line" ]; do
        line=${line%%#*}
        line=${line//[[:space:]]/}
        [ -z "$line" ] || tenants+=("$line")
      done < "${2:?--tenants needs a file}"
      shift 2 ;;
    --dry-run) dry_run=yes; shift ;;
    --server) server=${2:?--server needs a name}; shift 2 ;;
    --days) days=${2:?--days needs a number}; shift 2 ;;
    --renew) renew=yes; shift ;;
    --seal-to) seal_to=${2:?--seal-to needs a recipient}; shift 2 ;;
    --out) out=${2:?--out needs a folder}; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
done
[ ${#tenants[@]} -gt 0 ] || { echo "name at least one tenant with --tenant or --tenants" >&2; exit 2; }
if [ "$needs_server" = yes ]; then
  case $server in
    '' | *[!A-Za-z0-9.:-]*) echo "--server needs the bare name of your server, such as itsm.contoso.com" >&2; exit 2 ;;
  esac
  for n in "${!redirect_uris[@]}"; do redirect_uris[n]=${redirect_uris[n]//\{server\}/$server}; done
fi
case $days in ''|*[!0-9]*) echo "--days needs a number" >&2; exit 2 ;; esac
if [ "$days" -lt 1 ] || [ "$days" -gt 730 ]; then echo "--days must be between 1 and 730" >&2; exit 2; fi
command -v az >/dev/null || { echo "the Azure CLI (az) is not installed" >&2; exit 2; }
if [ -n "$seal_to" ]; then
  command -v age >/dev/null || { echo "--seal-to needs the command age" >&2; exit 2; }
fi
if [ -n "$secret_name" ] && [ "$dry_run" = no ] && [ -z "$seal_to" ]; then
  echo "nowhere to put the secret, which can be read only once: give --seal-to" >&2
  exit 2
fi

say() { printf '%s: %s\n' "$tenant" "$*"; }

# Runs a command that changes something, or says that it would.
change() {
  if [ "$dry_run" = yes ]; then say "would run: $*"; else "$@"; fi
}

# The same for what needs something made a moment ago: that is not everywhere yet.
change_soon() {
  local pause
  [ "$dry_run" = no ] || { change "$@"; return; }
  for pause in 5 10 20; do
    "$@" && return
    say "not yet; trying again in $pause seconds"
    sleep "$pause"
  done
  "$@"
}

# A date N days from now; GNU date first, then BSD's.
end_date() { date -u -d "+$1 days" +%F 2>/dev/null || date -u -v "+$1d" +%F; }

# The app's ID; makes it if it is not there. Two of one name are a question for a person.
ensure_app() {
  local found
  found=$(az ad app list --filter "displayName eq '${app_name//\'/\'\'}'" --query '[].appId' --output tsv)
  case $(printf '%s' "$found" | grep -c .) in
    0)
      say "app \"$app_name\" is not there: making it"
      set -- az ad app create --display-name "$app_name" --sign-in-audience AzureADMyOrg --query appId --output tsv
      if [ "$dry_run" = yes ]; then change "$@"; else app_id=$("$@"); fi ;;
    1) app_id=$found; say "app \"$app_name\" is there: $app_id" ;;
    *) say "several apps are called \"$app_name\": say which one by deleting or renaming the others"; return 1 ;;
  esac
}

# Adds the redirect URIs that are missing. The Azure CLI replaces the whole list, so others are told to it again.
ensure_redirects() {
  local have='' uri all=() missing=no
  [ ${#redirect_uris[@]} -gt 0 ] || return 0
  if [ -n "${app_id:-}" ]; then
    have=$(az ad app show --id "$app_id" --query 'web.redirectUris[]' --output tsv)
  fi
  while IFS= read -r uri; do [ -z "$uri" ] || all+=("$uri"); done <<<"$have"
  for uri in "${redirect_uris[@]}"; do
    grep -qxF -- "$uri" <<<"$have" || { all+=("$uri"); missing=yes; }
  done
  if [ "$missing" = yes ]; then
    say "adding redirect URIs"
    change az ad app update --id "${app_id:-new}" --web-redirect-uris "${all[@]}"
  fi
}

# Adds the permissions that are missing; leaves others alone.
ensure_permissions() {
  local row resource id type name have
  for row in "${permissions[@]}"; do
    read -r resource id type name <<<"$row"
    have=''
    if [ -n "${app_id:-}" ]; then
      have=$(az ad app permission list --id "$app_id" \
        --query "[?resourceAppId=='$resource'].resourceAccess[] | [?id=='$id' && type=='$type'].id" --output tsv)
    fi
    if [ -z "$have" ]; then
      say "adding $name ($type)"
      change az ad app permission add --id "${app_id:-new}" --api "$resource" --api-permissions "$id=$type" --only-show-errors
    fi
  done
}

# Consent for the whole directory, if one of the permissions is not granted yet.
ensure_consent() {
  local row resource id type name roles='' scopes='' have want open=0 principal
  principal="https://graph.microsoft.com/v1.0/servicePrincipals(appId='${app_id:-}')"
  if [ -n "${app_id:-}" ] && ! az ad sp show --id "$app_id" --output none 2>/dev/null; then
    change_soon az ad sp create --id "$app_id" --output none
    open=1
  fi
  if [ -n "${app_id:-}" ] && [ $open = 0 ]; then
    roles=$(az rest --method get --output tsv --query 'value[].appRoleId' --url "$principal/appRoleAssignments")
    scopes=$(az rest --method get --output tsv --query "value[?consentType=='AllPrincipals'].scope" \
      --url "$principal/oauth2PermissionGrants")
  fi
  for row in "${permissions[@]}"; do
    read -r resource id type name <<<"$row"
    if [ "$type" = Role ]; then have=$roles want=$id; else have=$scopes want=$name; fi
    case " $have " in *[[:space:]]"$want"[[:space:]]*) ;; *) open=1 ;; esac
  done
  if [ $open = 1 ]; then
    say "granting admin consent"
    change_soon az ad app permission admin-consent --id "${app_id:-new}"
  fi
}

# The secret last: its value exists only here, in a pipe.
ensure_secret() {
  local old secret verdict=0
  [ -n "$secret_name" ] || return 0
  old=''
  if [ -n "${app_id:-}" ]; then
    old=$(az ad app credential list --id "$app_id" --query "[?displayName=='${secret_name//\'/\\\'}'].endDateTime" --output tsv)
  fi
  if [ -n "$old" ] && [ "$renew" = no ]; then
    say "a secret \"$secret_name\" is there and ends $old; its value cannot be read again (--renew makes a new one)"
    return 0
  fi
  if [ "$dry_run" = yes ]; then
    say "would make a secret \"$secret_name\" for $days days"
    return 0
  fi
  secret=$(az ad app credential reset --id "$app_id" --append --display-name "$secret_name" \
    --end-date "$(end_date "$days")" --query password --output tsv --only-show-errors)
  printf '%s' "$secret" | age --recipient "$seal_to" --output "$out/$guide-$tenant.age"
  say "secret sealed into $out/$guide-$tenant.age"
  if command -v handrail >/dev/null; then
    printf '%s' "$secret" | handrail check --guide "$guide" --tenant-id "$tenant" --client-id "$app_id" \
      --changed client-secret --changed consent --client-secret-stdin || verdict=$?
    case $verdict in
      0) say "checked: passed" ;;
      3) say "checked: pending; check again in some minutes" ;;
      4) say "checked: could not tell" ;;
      *) say "checked: failed"; return 1 ;;
    esac
  fi
  secret=''
}

run() {
  local app_id=''
  az account show --query tenantId --output tsv 2>/dev/null | grep -qix "$tenant" \
    || az login --tenant "$tenant" --allow-no-subscriptions --output none
  ensure_app
  ensure_redirects
  ensure_permissions
  ensure_consent
  ensure_secret
  say "done: application (client) ID ${app_id:-not made yet}"
}

failed=0
results=()
for tenant in "${tenants[@]}"; do
  ( set -e; run ) &
  if wait $!; then results+=("$tenant: ok"); else results+=("$tenant: FAILED"); failed=1; fi
done
printf '\nResults\n'
printf '  %s\n' "${results[@]}"
exit $failed
