/** The guard in front of a servlet (Jakarta Servlet 6). */
package io.mcpaccess.guard.servlet;
