/** The AM that the tests run on, and domains made in it for one test class. */
package io.mcpaccess.acceptance.host;
