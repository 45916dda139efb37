/** What all three plugins need of AM, once. */
package io.mcpaccess.support;
