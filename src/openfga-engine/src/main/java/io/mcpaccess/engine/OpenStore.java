package io.mcpaccess.engine;

import io.mcpaccess.engine.explain.Explanations;
import io.mcpaccess.openfga.OpenFgaBackend;

/**
 * A store that an engine has opened, with what explains it.
 *
 * @param backend the store; whoever holds this closes it
 * @param explanations says why it answers as it does
 */
record OpenStore(OpenFgaBackend backend, Explanations explanations) {}
