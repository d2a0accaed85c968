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
