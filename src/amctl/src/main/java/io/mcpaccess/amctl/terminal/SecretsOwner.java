package io.mcpaccess.amctl.terminal;

import java.time.InstantSource;

/** The program that commands belong to, as far as they ask it. */
public interface SecretsOwner {

    /**
     * Where secrets are read from.
     *
     * @return files and the environment of the process
     */
    Secrets secrets();

    /**
     * What time it is on this machine.
     *
     * @return the clock that commands read
     */
    InstantSource clock();
}
