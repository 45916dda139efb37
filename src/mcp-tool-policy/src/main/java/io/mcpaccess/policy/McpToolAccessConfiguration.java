package io.mcpaccess.policy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.gravitee.policy.api.PolicyConfiguration;
import io.mcpaccess.policy.am.PolicySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The step's settings as AM hands them over, not yet looked at.
 *
 * <p>AM drops a policy whose configuration it cannot read, and the step is then skipped. So every member of any type is
 * taken here, and {@link PolicySettings} judges them when the step runs, where a mistake refuses instead.
 */
public class McpToolAccessConfiguration implements PolicyConfiguration {

    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Set<String> doubled = new LinkedHashSet<>();

    /** For Jackson. */
    public McpToolAccessConfiguration() {}

    /**
     * Takes one setting. For Jackson, before the step first runs.
     *
     * @param name its name in the schema form
     * @param value any JSON value
     */
    @JsonAnySetter
    public void set(String name, Object value) {
        if (members.containsKey(name)) {
            doubled.add(name);
        }
        members.put(name, value);
    }

    /**
     * Judges the settings.
     *
     * @return the settings, defaults where nothing was set
     * @throws IllegalArgumentException naming the setting and the right values, never the value that was given
     */
    PolicySettings settings() {
        return PolicySettings.read(members, doubled);
    }

    /**
     * All settings as they were given.
     *
     * @return JSON values by name, unmodifiable
     */
    @JsonAnyGetter
    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }
}
