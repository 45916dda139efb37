package io.mcpaccess.sandbox.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.data.FormRow;
import io.mcpaccess.sandbox.data.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a domain's own pages and texts, which are files beside the configuration. For one thread. */
final class PagesReader {
    private static final Set<String> TEMPLATES = Set.of("login", "oauth2_user_consent", "error");

    private final Mistakes mistakes;
    private final Path base;
    private final ObjectMapper mapper;
    private final long now;

    PagesReader(Mistakes mistakes, Path base, ObjectMapper mapper, long now) {
        this.mistakes = mistakes;
        this.base = base;
        this.mapper = mapper;
        this.now = now;
    }

    List<FormRow> forms(String domain, Section pages) {
        List<FormRow> forms = new ArrayList<>();
        pages.flattened().forEach((template, file) -> {
            Path path = base.resolve(file).normalize();
            if (!TEMPLATES.contains(template)) {
                mistakes.add(
                        pages.at(template),
                        "there is no form '" + template + "'",
                        "forms are " + String.join(", ", TEMPLATES));
            } else if (!Files.isReadable(path)) {
                mistakes.add(
                        pages.at(template),
                        "the form '" + file + "' cannot be read",
                        "name a file relative to this one");
            } else {
                try {
                    forms.add(new FormRow(
                            Ids.of("form", domain, template),
                            domain,
                            template,
                            true,
                            Files.readString(path),
                            null,
                            now,
                            now));
                } catch (IOException e) {
                    mistakes.add(pages.at(template), "the form '" + file + "' is not UTF-8 text", "save it as UTF-8");
                }
            }
        });
        return forms;
    }

    /** Texts by language and key: files of JSON, as AM's console has them under "Texts". */
    Map<String, Map<String, String>> dictionaries(Section languages) {
        Map<String, Map<String, String>> dictionaries = new LinkedHashMap<>();
        languages.flattened().forEach((language, file) -> {
            try {
                dictionaries.put(
                        language,
                        mapper.readValue(base.resolve(file).normalize().toFile(), new TypeReference<>() {}));
            } catch (IOException e) {
                mistakes.add(
                        languages.at(language),
                        "the dictionary '" + file + "' cannot be read",
                        "name a file with a JSON object of texts, relative to this one");
            }
        });
        return dictionaries;
    }
}
