<#-- What a plugin's ZIP bundles in lib/, with the licences that each library names. Left out is what plugin-zip.xml leaves out. -->
<#assign ofAm = ["jackson-annotations", "jackson-core", "jackson-databind", "jackson-dataformat-yaml", "jsr305", "re2j", "slf4j-api", "snakeyaml", "opentelemetry-api", "opentelemetry-context"]/>
MCP access control for Gravitee Access Management
Licensed under the Apache License, Version 2.0; see LICENSE.

This ZIP bundles in lib/:
<#list dependencyMap as e>
<#assign project = e.getKey()/><#assign licences = e.getValue()/>
<#if !ofAm?seq_contains(project.artifactId)>
  ${project.artifactId} ${project.version} (${project.groupId}): <#list licences as licence>${licence}<#sep>, </#list>
</#if>
</#list>
