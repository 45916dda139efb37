/** Text of others on its way to people: into audits, logs and spreadsheets. */
package io.mcpaccess.core.text;
