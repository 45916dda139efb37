/**
 * What the product does, end to end, over AM's public addresses alone. The same classes run on the sandbox and on any AM: with
 * {@code -Pacceptance -Dam.gateway=URL -Dam.management=URL} on that one, else on a sandbox of their own. A test asks for a
 * {@link io.mcpaccess.acceptance.host.TestDomain}; what a host cannot have is skipped with the reason.
 */
package io.mcpaccess.acceptance;
