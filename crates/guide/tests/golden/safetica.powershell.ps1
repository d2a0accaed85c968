#Requires -Version 7
#Requires -Modules ExchangeOnlineManagement
# Safetica: Microsoft 365 tenant
# Made from guide safetica, digest 0000. Change the guide, not this file.
<#
.SYNOPSIS
Verifies audit logging in one or several tenants, and switches it on where it is off. It can be run again.
.DESCRIPTION
The consent to the vendor's app is no part of it: that is given in the browser, by a person who compares.
.PARAMETER TenantId
Tenants to work in.
.PARAMETER TenantFile
File with one tenant per line.
.PARAMETER Partner
Sign in as a partner of the tenants (GDAP); they are named by domain then.
.PARAMETER DryRun
Say what would be done, change nothing.
#>
[CmdletBinding()]
param(
    [string[]] $TenantId = @(),
    [string] $TenantFile,
    [switch] $Partner,
    [switch] $DryRun
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if ($TenantFile) {
    $TenantId += Get-Content -LiteralPath $TenantFile | ForEach-Object { ($_ -replace '#.*', '').Trim() } | Where-Object { $_ }
}
if (-not $TenantId) { throw 'Name at least one tenant with -TenantId or -TenantFile.' }

# Does what changes something, or says that it would. With -Soon it needs something made a moment ago, which is not
# everywhere yet: it is tried again.
function Invoke-Change([string] $What, [scriptblock] $Do, [switch] $Soon) {
    if ($DryRun) { Write-Host "  would: $What"; return }
    Write-Host "  $What"
    foreach ($pause in @(if ($Soon) { 5, 10, 20 })) {
        try { return & $Do } catch { Write-Host "  not yet; trying again in $pause seconds" }
        Start-Sleep -Seconds $pause
    }
    & $Do
}

# Audit logging is a switch of Exchange Online, which has a sign-in of its own; a partner names the customer (GDAP).
function Set-Auditing([string] $Tenant) {
    $place = @{ ShowBanner = $false }
    if ($Partner) { $place.DelegatedOrganization = $Tenant }
    Connect-ExchangeOnline @place
    try {
        if (-not $Partner) {
            $known = (Invoke-RestMethod "https://login.microsoftonline.com/$Tenant/v2.0/.well-known/openid-configuration").issuer
            $here = "$(@(Get-ConnectionInformation)[0].TenantID)"
            if (-not $here -or $known -notlike "*/$here/*") { throw "signed in to the directory $here, not to $Tenant" }
        }
        if ((Get-AdminAuditLogConfig).UnifiedAuditLogIngestionEnabled) { Write-Host '  audit logging is on'; return }
        Invoke-Change 'switch audit logging on; it takes up to 60 minutes' {
            Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true
        }
    } finally {
        Disconnect-ExchangeOnline -Confirm:$false
    }
}

$results = foreach ($tenant in $TenantId) {
    Write-Host "${tenant}:"
    try {
        $null = Set-Auditing $tenant
        [pscustomobject]@{ Tenant = $tenant; Result = 'ok'; Reason = '' }
    } catch {
        [pscustomobject]@{ Tenant = $tenant; Result = 'FAILED'; Reason = $_.Exception.Message }
    }
}
$results | Format-Table -AutoSize
if ($results | Where-Object { $_.Result -ne 'ok' }) { exit 1 }
