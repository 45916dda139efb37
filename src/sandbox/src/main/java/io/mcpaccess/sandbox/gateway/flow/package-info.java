/** AM's flows: which policy steps run where, and what a policy sees of the request. */
package io.mcpaccess.sandbox.gateway.flow;
