/** What a change does to everybody: shown, and held against what somebody signed off. */
package io.mcpaccess.amctl.impact;
