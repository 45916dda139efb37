/** OpenFGA in this process, as a Java program would use it that has nothing else of this repository. */
package io.mcpaccess.openfga.embedded.facade;
