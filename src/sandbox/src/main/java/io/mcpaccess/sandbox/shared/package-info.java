/**
 * What both nodes of the sandbox and its launcher see: JDK types only, loaded once by the launcher's class loader, so that
 * two nodes with class loaders of their own share data and events as AM's two JVMs share a database.
 */
package io.mcpaccess.sandbox.shared;
