/** The look that all pages of the product share: colours in light and dark, type, buttons. {@code look.css} is its one source. */
package io.mcpaccess.registry.look;
