#Requires -Version 7
#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications, Microsoft.Graph.Identity.SignIns
# Pandora ITSM: Microsoft 365 mail
# Made from guide pandora-itsm, digest 0000. Change the guide, not this file.
<#
.SYNOPSIS
Sets up the app of this guide in one or several tenants. It can be run again: what is there stays.
.DESCRIPTION
The secret is never printed. It goes into a sealed file, and to "handrail check" if that command is there.
.PARAMETER TenantId
Tenants to work in.
.PARAMETER TenantFile
File with one tenant per line.
.PARAMETER Server
Name of your own server, where the redirect addresses carry it.
.PARAMETER Days
Days the secret lives; at most 730.
.PARAMETER Renew
Make a new secret although one of that name exists.
.PARAMETER SealTo
The age recipient who may open the file with the secret; needed wherever a secret is made.
.PARAMETER Out
Folder for sealed files.
.PARAMETER Auditing
Also verify audit logging in Exchange Online, where the guide needs it, and switch it on where it is off.
.PARAMETER Partner
Sign in to Exchange Online as a partner of the tenants (GDAP); they are named by domain then.
.PARAMETER DryRun
Say what would be done, change nothing.
#>
[CmdletBinding()]
param(
    [string[]] $TenantId = @(),
    [string] $TenantFile,
    [string] $Server,
    [ValidateRange(1, 730)] [int] $Days = 180,
    [switch] $Renew,
    [string] $SealTo,
    [string] $Out = '.',
    [switch] $Auditing,
    [switch] $Partner,
    [switch] $DryRun
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Guide = 'pandora-itsm'
$AppName = 'PANDORA'
$RedirectUris = @('https://{server}/pandora', 'https://{server}/pandoraitsm/godmode/godmode/setup/setup_mail')
$NeedsServer = $true
$SecretName = 'PANDORA'
$NeedsAuditing = $false
$Permissions = @(
    @{ Resource = '00000003-0000-0000-c000-000000000000'; Id = 'e1fe6dd8-ba31-4d61-89e7-88639da4683d'; Type = 'Scope'; Name = 'User.Read' }
    @{ Resource = '00000003-0000-0000-c000-000000000000'; Id = '652390e4-393a-48de-9484-05f9b1212954'; Type = 'Scope'; Name = 'IMAP.AccessAsUser.All' }
    @{ Resource = '00000003-0000-0000-c000-000000000000'; Id = '258f6531-6087-4cc4-bb90-092c5fb3ed3f'; Type = 'Scope'; Name = 'SMTP.Send' }
    @{ Resource = '00000003-0000-0000-c000-000000000000'; Id = '7427e0e9-2fba-42fe-b0c0-848c9e6a8182'; Type = 'Scope'; Name = 'offline_access' }
)

if ($NeedsServer) {
    if ($Server -notmatch '^[A-Za-z0-9.:-]+$') { throw '-Server needs the bare name of your server, such as itsm.contoso.com.' }
    $RedirectUris = @($RedirectUris | ForEach-Object { $_.Replace('{server}', $Server) })
}
$Handrail = Get-Command handrail -CommandType Application -ErrorAction SilentlyContinue
$Age = Get-Command age -CommandType Application -ErrorAction SilentlyContinue
if ($SealTo -and -not $Age) { throw '-SealTo needs the command age.' }
if ($SecretName -and -not $DryRun -and -not $SealTo) {
    throw 'Nowhere to put the secret, which can be read only once: give -SealTo.'
}
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

function Get-ResourcePrincipal([string] $AppId) {
    $found = Get-MgServicePrincipal -Filter "appId eq '$AppId'"
    if ($found) { return $found }
    Invoke-Change "add the resource $AppId to the directory" { New-MgServicePrincipal -AppId $AppId }
}

function Set-App {
    $name = $AppName -replace "'", "''"
    $found = @(Get-MgApplication -Filter "displayName eq '$name'")
    if ($found.Count -gt 1) { throw "Several apps are called '$AppName': delete or rename the others." }
    $wanted = @($Permissions | Group-Object { $_.Resource } | ForEach-Object {
        @{ ResourceAppId = $_.Name; ResourceAccess = @($_.Group | ForEach-Object { @{ Id = $_.Id; Type = $_.Type } }) }
    })
    $web = @{ RedirectUris = $RedirectUris }
    if ($found.Count -eq 0) {
        Invoke-Change "make the app '$AppName'" {
            New-MgApplication -DisplayName $AppName -SignInAudience AzureADMyOrg -RequiredResourceAccess $wanted -Web $web
        }
        return
    }
    $app = $found[0]
    Write-Host "  app '$AppName' is there: $($app.AppId)"
    # Others' permissions stay: what is missing is added.
    $all = @($app.RequiredResourceAccess | ForEach-Object {
        @{ ResourceAppId = $_.ResourceAppId; ResourceAccess = @($_.ResourceAccess | ForEach-Object { @{ Id = $_.Id; Type = $_.Type } }) }
    })
    $changed = $false
    foreach ($resource in $wanted) {
        $mine = $all | Where-Object { $_.ResourceAppId -eq $resource.ResourceAppId } | Select-Object -First 1
        if (-not $mine) { $all += $resource; $changed = $true; continue }
        foreach ($access in $resource.ResourceAccess) {
            if (-not ($mine.ResourceAccess | Where-Object { $_.Id -eq $access.Id -and $_.Type -eq $access.Type })) {
                $mine.ResourceAccess += $access
                $changed = $true
            }
        }
    }
    if ($changed) {
        $null = Invoke-Change 'add the missing permissions' { Update-MgApplication -ApplicationId $app.Id -RequiredResourceAccess $all }
    }
    $have = @($app.Web.RedirectUris | Where-Object { $_ })
    $missing = @($RedirectUris | Where-Object { -not ($have -ccontains $_) })
    if ($missing) {
        $null = Invoke-Change 'add the missing redirect URIs' { Update-MgApplication -ApplicationId $app.Id -Web @{ RedirectUris = $have + $missing } }
    }
    return $app
}

function Set-Consent($App) {
    $principal = Get-MgServicePrincipal -Filter "appId eq '$($App.AppId)'"
    if (-not $principal) {
        $principal = Invoke-Change 'make the enterprise app' { New-MgServicePrincipal -AppId $App.AppId } -Soon
    }
    if (-not $principal) { return }
    $granted = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All)
    foreach ($permission in $Permissions | Where-Object { $_.Type -eq 'Role' }) {
        if ($granted | Where-Object { $_.AppRoleId -eq $permission.Id }) { continue }
        $resource = Get-ResourcePrincipal $permission.Resource
        Invoke-Change "grant $($permission.Name)" {
            $null = New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $resource.Id -AppRoleId $permission.Id
        } -Soon
    }
    foreach ($group in $Permissions | Where-Object { $_.Type -eq 'Scope' } | Group-Object { $_.Resource }) {
        $resource = Get-ResourcePrincipal $group.Name
        if (-not $resource) { continue }
        $grant = Get-MgOauth2PermissionGrant -Filter "clientId eq '$($principal.Id)' and resourceId eq '$($resource.Id)' and consentType eq 'AllPrincipals'"
        $have = if ($grant) { @($grant.Scope -split ' ' | Where-Object { $_ }) } else { @() }
        $scopes = @($have + @($group.Group | ForEach-Object { $_.Name }) | Select-Object -Unique)
        if ($scopes.Count -eq $have.Count) { continue }
        Invoke-Change "grant $($scopes -join ' ')" {
            if ($grant) {
                Update-MgOauth2PermissionGrant -OAuth2PermissionGrantId $grant.Id -Scope ($scopes -join ' ')
            } else {
                $null = New-MgOauth2PermissionGrant -BodyParameter @{
                    clientId = $principal.Id; consentType = 'AllPrincipals'; resourceId = $resource.Id; scope = $scopes -join ' '
                }
            }
        } -Soon
    }
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

# The secret last: its value exists only here, in a pipe.
function Set-Secret($App, [string] $Tenant) {
    if (-not $SecretName) { return }
    $old = @($App.PasswordCredentials | Where-Object { $_.DisplayName -eq $SecretName })
    if ($old -and -not $Renew) {
        Write-Host "  a secret '$SecretName' is there and ends $($old[0].EndDateTime); its value cannot be read again (-Renew makes a new one)"
        return
    }
    if ($DryRun) { Write-Host "  would: make a secret '$SecretName' for $Days days"; return }
    $made = Add-MgApplicationPassword -ApplicationId $App.Id -PasswordCredential @{
        displayName = $SecretName; endDateTime = (Get-Date).ToUniversalTime().AddDays($Days)
    }
    $file = Join-Path $Out "$Guide-$Tenant.age"
    $made.SecretText | & $Age --recipient $SealTo --output $file
    if ($LASTEXITCODE -ne 0) { throw 'age failed' }
    Write-Host "  secret sealed into $file"
    if ($Handrail) {
        $made.SecretText | & $Handrail check --guide $Guide --tenant-id $Tenant --client-id $App.AppId --changed client-secret --changed consent --client-secret-stdin | Out-Host
        switch ($LASTEXITCODE) {
            0 { Write-Host '  checked: passed' }
            3 { Write-Host '  checked: pending; check again in some minutes' }
            4 { Write-Host '  checked: could not tell' }
            default { throw 'checked: failed' }
        }
    }
    $made = $null
}

$results = foreach ($tenant in $TenantId) {
    Write-Host "${tenant}:"
    try {
        $scopes = 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'
        Connect-MgGraph -TenantId $tenant -Scopes $scopes -NoWelcome
        $app = Set-App
        if ($app) {
            $null = Set-Consent $app
            Set-Secret $app $tenant
        } elseif ($DryRun) {
            Write-Host "  would: grant $(@($Permissions | ForEach-Object { $_.Name }) -join ', ')"
            if ($SecretName) { Write-Host "  would: make a secret '$SecretName' for $Days days" }
        }
        if ($NeedsAuditing -and $Auditing) {
            $null = Set-Auditing $tenant
        } elseif ($NeedsAuditing) {
            Write-Host '  audit logging: run this again with -Auditing, or verify it in Exchange Online PowerShell with'
            Write-Host '    Connect-ExchangeOnline; Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled'
        }
        $clientId = if ($app) { $app.AppId } else { 'not made yet' }
        [pscustomobject]@{ Tenant = $tenant; Result = 'ok'; ClientId = $clientId; Reason = '' }
    } catch {
        [pscustomobject]@{ Tenant = $tenant; Result = 'FAILED'; ClientId = ''; Reason = $_.Exception.Message }
    } finally {
        $null = Disconnect-MgGraph -ErrorAction SilentlyContinue
    }
}
$results | Format-Table -AutoSize
if ($results | Where-Object { $_.Result -ne 'ok' }) { exit 1 }
