/** What {@code bin/demo} runs: one tool call decided end to end, step by step, every answer checked. */
package io.mcpaccess.samples.demo;
