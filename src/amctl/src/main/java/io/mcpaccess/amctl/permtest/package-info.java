/** Tests of permissions as a pipeline and a person want to see them. */
package io.mcpaccess.amctl.permtest;
