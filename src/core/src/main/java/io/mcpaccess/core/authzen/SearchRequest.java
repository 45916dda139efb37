package io.mcpaccess.core.authzen;

import java.util.Map;

/** A search of AuthZEN 1.0, section 8. */
public sealed interface SearchRequest {

    /**
     * Facts about the request itself.
     *
     * @return JSON values, unmodifiable
     */
    Map<String, Object> context();

    /**
     * Which part of the results is wanted.
     *
     * @return the page
     */
    PageRequest page();

    /**
     * Who may do something.
     *
     * @param subjectType the type of subjects looked for
     * @param subjectProperties what is taken to hold of each of them; JSON values
     * @param action what they may do
     * @param resource to what
     * @param context facts about the request itself
     * @param page which part of the results is wanted
     */
    record Subjects(
            String subjectType,
            Map<String, Object> subjectProperties,
            Action action,
            Resource resource,
            Map<String, Object> context,
            PageRequest page)
            implements SearchRequest {

        public Subjects {
            subjectProperties = FrozenObject.of(subjectProperties);
            context = FrozenObject.of(context);
        }
    }

    /**
     * To what something may be done.
     *
     * @param subject who
     * @param action what
     * @param resourceType the type of resources looked for
     * @param resourceProperties what is taken to hold of each of them; JSON values
     * @param context facts about the request itself
     * @param page which part of the results is wanted
     */
    record Resources(
            Subject subject,
            Action action,
            String resourceType,
            Map<String, Object> resourceProperties,
            Map<String, Object> context,
            PageRequest page)
            implements SearchRequest {

        public Resources {
            resourceProperties = FrozenObject.of(resourceProperties);
            context = FrozenObject.of(context);
        }
    }

    /**
     * What a subject may do to a resource.
     *
     * @param subject who
     * @param resource to what
     * @param context facts about the request itself
     * @param page which part of the results is wanted
     */
    record Actions(Subject subject, Resource resource, Map<String, Object> context, PageRequest page)
            implements SearchRequest {

        public Actions {
            context = FrozenObject.of(context);
        }
    }
}
