/** AM's REST resources, under AM's paths and with its statuses. */
package io.mcpaccess.sandbox.management.rest;
