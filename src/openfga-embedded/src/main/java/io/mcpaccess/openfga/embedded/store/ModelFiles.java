package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

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
        return new StoreFileReader().ownModel(file, new SourceImage());
    }

    /**
     * Looks a model through for what OpenFGA's newer way to decide has no place for.
     *
     * @param file a model, the list of its modules, or a store file ({@code .yaml}, {@code .yml}) with a model
     * @return what to mend; empty for most models
     * @throws StoreFileException when it cannot be used, or has no model; says file, line and column
     * @throws NoSuchFileException when the file itself is not there
     * @throws IOException when it cannot be read
     */
    public static List<ModelRemark> remarks(Path file) throws IOException {
        String name = file.getFileName().toString();
        SourceImage image = new SourceImage();
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            new StoreFileReader().readOwn(file, image);
        } else {
            new StoreFileReader().ownModel(file, image);
        }
        AuthorizationModel model = image.model()
                .orElseThrow(() -> new StoreFileException(
                        StoreFileException.Place.of(name), "there is no model: give model or model_file"));
        return ModelPlan.compile(model, new Symbols()).remarks();
    }
}
