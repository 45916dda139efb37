<#-- What a program brings along, with the licences that each library names. -->
MCP access control for Gravitee Access Management
Licensed under the Apache License, Version 2.0; see LICENSE.

This program bundles (a library may carry others inside, which its own notice names):
<#list dependencyMap as e>
<#assign project = e.getKey()/><#assign licences = e.getValue()/>
<#if project.groupId != "io.mcpaccess">
  ${project.artifactId} ${project.version} (${project.groupId}): <#list licences as licence>${licence}<#sep>, </#list>
</#if>
</#list>
