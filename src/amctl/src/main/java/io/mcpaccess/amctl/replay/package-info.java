/** A domain's permissions in this process: asked again what AM's audit log says was asked. */
package io.mcpaccess.amctl.replay;
