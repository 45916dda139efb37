/** The management node: Jersey in Jetty, as in AM, with the part of AM's REST API that the plugins and their tests need. */
package io.mcpaccess.sandbox.management;
