<#-- What a program brings along, with the licences that each library names. -->
MCP access control for Gravitee Access Management
Licensed under the Apache License, Version 2.0; see LICENSE.

This program bundles these libraries. What one of them carries inside is not listed (Gson and JCIP annotations in nimbus-jose-jwt, JCTools in
netty-common); see that library.
<#list dependencyMap as e>
<#assign project = e.getKey()/><#assign licences = e.getValue()/>
<#if project.groupId != "io.mcpaccess">
  ${project.artifactId} ${project.version} (${project.groupId}): <#list licences as licence>${licence}<#sep>, </#list>
</#if>
</#list>
