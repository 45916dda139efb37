/** AM's management API as a client sees it. */
package io.mcpaccess.amctl.am;
