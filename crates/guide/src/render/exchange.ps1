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

##TENANTS##

##AUDITING##

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
