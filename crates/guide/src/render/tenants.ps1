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
