/** The pages that a user sees: login, consent, error; Thymeleaf as in AM, so that a domain's own forms work. */
package io.mcpaccess.sandbox.gateway.page;
