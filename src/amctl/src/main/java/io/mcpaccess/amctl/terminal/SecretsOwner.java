package io.mcpaccess.amctl.terminal;

/** The program that commands belong to, as far as they ask it. */
@FunctionalInterface
public interface SecretsOwner {

    /**
     * Where secrets are read from.
     *
     * @return files and the environment of the process
     */
    Secrets secrets();
}
