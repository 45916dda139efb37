package io.mcpaccess.openfga.embedded.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.language.DslToJsonTransformer;
import dev.openfga.language.JsonToDslTransformer;
import dev.openfga.language.errors.DslErrorsException;
import dev.openfga.language.errors.ParsingError;
import dev.openfga.language.validation.ModelValidator;
import io.mcpaccess.openfga.embedded.condition.CompiledCondition;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.io.IOException;
import java.util.List;

/**
 * Reads authorization models from OpenFGA's JSON and from the modelling language, and refuses those that OpenFGA
 * refuses.
 *
 * <p>Thread-safe.
 */
public final class ModelReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelReader() {}

    /**
     * Reads a model in the modelling language.
     *
     * @param dsl the text, schema 1.1 or 1.2
     * @return the model
     * @throws InvalidModelException when it cannot be read or breaks a rule; says line and column where they are known
     */
    public static AuthorizationModel fromDsl(String dsl) {
        ModuleParts.refuse(dsl);
        ModelNesting.refuse(dsl);
        try {
            JsonNode json = JSON.readTree(new DslToJsonTransformer().transform(dsl));
            AuthorizationModel model = JsonModel.read(json, ModelSource.of(dsl));
            check(model);
            return model;
        } catch (DslErrorsException e) {
            throw new InvalidModelException(SyntaxFaults.of(e.getErrors(), dsl));
        } catch (InvalidModelException e) {
            throw placed(dsl, e);
        } catch (IOException e) {
            throw new InvalidModelException("the model cannot be read: this is not the modelling language of OpenFGA");
        }
    }

    /**
     * Reads a model in OpenFGA's JSON. Members may be in snake_case, as the API has them, or in camelCase, as
     * OpenFGA's JavaScript tools write them.
     *
     * @param json the model; its {@code id}, if it has one, is ignored
     * @return the model
     * @throws InvalidModelException when it cannot be read or breaks a rule
     */
    public static AuthorizationModel fromJson(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            AuthorizationModel model = JsonModel.read(tree, ModelSource.of(""));
            check(model);
            return new AuthorizationModel(
                    model.schemaVersion(), model.types(), model.conditions(), ModelSource.of(dslOf(model)));
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(List.of(new InvalidModelException.Fault(
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                    "the model begins as JSON, and is none from here on: look for a comma, quote or bracket")));
        }
    }

    /**
     * Writes a model as OpenFGA's JSON in snake_case, without an id.
     *
     * @param model the model
     * @return one JSON object
     */
    public static String toJson(AuthorizationModel model) {
        return JsonModelWriter.write(model).toString();
    }

    /** The language library writes no model whose operators are nested in ways that the language cannot say. */
    private static String dslOf(AuthorizationModel model) {
        try {
            return new JsonToDslTransformer().transform(toJson(model));
        } catch (JsonProcessingException | RuntimeException e) {
            return "";
        }
    }

    private static void check(AuthorizationModel model) {
        ModelRules.check(model);
        model.conditions()
                .values()
                .forEach(condition -> CompiledCondition.fault(condition).ifPresent(fault -> {
                    throw new InvalidModelException(List.of(model.source()
                            .ofExpression(condition.name(), fault.line(), fault.column(), fault.reason())));
                }));
    }

    /** Our rules are the server's and know no lines; the language library knows the lines of most of the same faults. */
    private static InvalidModelException placed(String dsl, InvalidModelException ours) {
        if (ours.faults().get(0).line() > 0) {
            return ours;
        }
        try {
            ModelValidator.validateDsl(dsl);
            return ours;
        } catch (DslErrorsException e) {
            // A condition that nothing names is no fault: the server takes it.
            List<? extends ParsingError> faults = e.getErrors().stream()
                    .filter(error -> !error.getMessage().contains("condition is not used"))
                    .toList();
            return faults.isEmpty() ? ours : new InvalidModelException(SyntaxFaults.of(faults, dsl));
        } catch (IOException | RuntimeException e) {
            return ours;
        }
    }
}
