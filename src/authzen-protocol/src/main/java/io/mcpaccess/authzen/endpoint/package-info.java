/** AuthZEN's endpoints: who asks, what is asked, what the pipeline decides, how it is answered. */
package io.mcpaccess.authzen.endpoint;
