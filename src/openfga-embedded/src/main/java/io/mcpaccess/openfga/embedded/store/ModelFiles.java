package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files of models, as people have them. */
public final class ModelFiles {

    private ModelFiles() {}

    /**
     * Reads a model. One in modules is joined.
     *
     * @param file a model in the modelling language ({@code .fga}), as JSON, or the list of its modules ({@code fga.mod})
     * @return the model as one text, in the modelling language or as JSON, which breaks no rule
     * @throws StoreFileException when it cannot be used; says file, line and column
     * @throws NoSuchFileException when the file itself is not there
     * @throws IOException when it cannot be read
     */
    public static String read(Path file) throws IOException {
        return new StoreFileReader().ownModel(file);
    }
}
