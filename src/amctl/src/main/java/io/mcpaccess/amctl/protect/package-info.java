/** What {@code amctl protect} puts into a domain, and how it finds it again. */
package io.mcpaccess.amctl.protect;
