/** Tests of whole tool calls, token, scopes, application and permission: start at {@link io.mcpaccess.amctl.calltest.CallTests}. */
package io.mcpaccess.amctl.calltest;
