<#-- What a plugin's ZIP bundles in lib/, with the licences that each library names. -->
MCP access control for Gravitee Access Management
Licensed under the Apache License, Version 2.0; see LICENSE.

This ZIP bundles in lib/:
<#list dependencyMap as e>
  <#assign project = e.getKey()/><#assign licences = e.getValue()/>
  ${project.artifactId} ${project.version} (${project.groupId}): <#list licences as licence>${licence}<#sep>, </#list>
</#list>
