/**
 * The rows of the shared database as typed values, one record a table. Each node reads and writes them as JSON with its own
 * Jackson; AM's model classes are made from them at the edge.
 */
package io.mcpaccess.sandbox.data;
