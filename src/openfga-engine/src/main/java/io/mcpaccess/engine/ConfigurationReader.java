package io.mcpaccess.engine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.mcpaccess.openfga.Spelling;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads an engine's configuration strictly: a member that does not exist, stands twice, or has a value of another kind
 * is taken down as a fault. A typing error in {@code callers} would otherwise open the engine to everybody. Nothing is
 * thrown for it: AM drops an engine whose configuration cannot be read, and shows no reason.
 *
 * <p>Faults name members and kinds, never values: one of them may be a secret.
 */
final class ConfigurationReader extends JsonDeserializer<OpenFgaConfiguration> {

    private static final int LONGEST_NAME = 50;

    /** The console's form has headings among its fields, and may send them along. */
    private static final Pattern HEADING = Pattern.compile("group[A-Z][A-Za-z]*");

    @Override
    public OpenFgaConfiguration deserialize(JsonParser in, DeserializationContext context) throws IOException {
        OpenFgaConfiguration configuration = new OpenFgaConfiguration();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            configuration.faults().add("The configuration must be an object with the engine's settings");
            in.skipChildren();
            return configuration;
        }
        readObject(in, configuration, "", configuration.faults());
        return configuration;
    }

    private static void readObject(JsonParser in, Object target, String place, List<String> faults) throws IOException {
        Map<String, Field> members = members(target.getClass());
        Set<String> seen = new HashSet<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            Field member = members.get(name);
            if (member == null && HEADING.matcher(name).matches()) {
                in.skipChildren();
            } else if (member == null) {
                faults.add(place + unknown(name, members.keySet()));
                in.skipChildren();
            } else if (!seen.add(name)) {
                faults.add(place + name + " stands twice: keep one of them");
                in.skipChildren();
            } else {
                set(target, member, read(in, member.getGenericType(), place + name, faults));
            }
        }
    }

    private static String unknown(String name, Set<String> known) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        Optional<String> meant = Spelling.nearest(name, known);
        return "there is no setting \"" + shown.replaceAll("[^\\x20-\\x7e…]", "?") + "\""
                + meant.map(right -> "; did you mean " + right + "?").orElse("; take it out");
    }

    /** Null stands for a setting that is left out, as empty text does, but never for an item of a list. */
    private static Object read(JsonParser in, Type type, String name, List<String> faults) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof ParameterizedType list) {
            return readList(in, (Class<?>) list.getActualTypeArguments()[0], name, faults);
        }
        if (type == String.class) {
            return in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : wrong(in, name, "text", faults);
        }
        if (type == Integer.class) {
            return readInteger(in, name, faults);
        }
        if (type == Boolean.class) {
            return in.currentToken().isBoolean() ? in.getBooleanValue() : wrong(in, name, "true or false", faults);
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return wrong(in, name, "an object", faults);
        }
        Object item = type == OpenFgaConfiguration.Header.class
                ? new OpenFgaConfiguration.Header()
                : new OpenFgaConfiguration.ActionAlias();
        readObject(in, item, name + ": ", faults);
        return item;
    }

    private static Integer readInteger(JsonParser in, String name, List<String> faults) throws IOException {
        boolean isInteger =
                in.currentToken() == JsonToken.VALUE_NUMBER_INT && in.getNumberType() == JsonParser.NumberType.INT;
        return isInteger ? Integer.valueOf(in.getIntValue()) : (Integer) wrong(in, name, "a whole number", faults);
    }

    private static List<Object> readList(JsonParser in, Class<?> items, String name, List<String> faults)
            throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            wrong(in, name, "a list", faults);
            return null;
        }
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(in, items, name, faults));
        }
        return list;
    }

    private static Object wrong(JsonParser in, String name, String kind, List<String> faults) throws IOException {
        faults.add(name + " must be " + kind + ", not " + kind(in.currentToken()));
        in.skipChildren();
        return null;
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "such a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "nothing";
        };
    }

    private static Map<String, Field> members(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers()))
                .filter(field -> !field.isSynthetic())
                .collect(Collectors.toMap(Field::getName, field -> field, (one, other) -> one, LinkedHashMap::new));
    }

    private static void set(Object target, Field member, Object value) {
        try {
            member.set(target, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the configuration's own members can be set", e);
        }
    }
}
