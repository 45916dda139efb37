// Answers questions about models with OpenFGA's own Go library: one JSON object a line in, one a line out.
//
//	{"modules": [{"name": "core.fga", "contents": "..."}]}   are they one model, and which?
//	{"model": {...}}                                         which relations has the weighted graph no place for?
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/language/pkg/go/graph"
	"github.com/openfga/language/pkg/go/transformer"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// The graph is walked in the random order of Go's maps: an answer that depends on it shows after some tries.
const tries = 6

type question struct {
	Modules []transformer.ModuleFile `json:"modules"`
	Model   json.RawMessage          `json:"model"`
}

type answer struct {
	Accepted bool            `json:"accepted"`
	Error    string          `json:"error,omitempty"`
	Model    json.RawMessage `json:"model,omitempty"`
	// By "type#relation": refused, placed, or unsure where the tries differ.
	Relations map[string]string `json:"relations,omitempty"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		line, err := json.Marshal(reply(in.Bytes()))
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(out, "%s\n", line)
	}
	if in.Err() != nil {
		panic(in.Err())
	}
}

func reply(line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		panic(err)
	}
	if asked.Model == nil {
		return joined(asked.Modules)
	}
	return placed(asked.Model)
}

func joined(modules []transformer.ModuleFile) answer {
	model, err := transformer.TransformModuleFilesToModel(modules, "1.2")
	if err != nil {
		return answer{Error: err.Error()}
	}
	text, err := protojson.Marshal(model)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Accepted: true, Model: text}
}

func placed(text []byte) answer {
	model := &openfgav1.AuthorizationModel{}
	if err := protojson.Unmarshal(text, model); err != nil {
		return answer{Error: err.Error()}
	}
	err := built(model)
	found := answer{Accepted: err == nil, Relations: map[string]string{}}
	if err != nil {
		found.Error = err.Error()
	}
	for _, definition := range model.GetTypeDefinitions() {
		for relation := range definition.GetRelations() {
			found.Relations[definition.GetType()+"#"+relation] = verdict(below(model, definition.GetType(), relation))
		}
	}
	return found
}

func verdict(model *openfgav1.AuthorizationModel) string {
	refused := 0
	for range tries {
		if built(model) != nil {
			refused++
		}
	}
	switch refused {
	case 0:
		return "placed"
	case tries:
		return "refused"
	default:
		return "unsure"
	}
}

func built(model *openfgav1.AuthorizationModel) error {
	_, err := graph.NewWeightedAuthorizationModelGraphBuilder().Build(model)
	return err
}

// The model with just what a relation refers to, directly or not.
func below(model *openfgav1.AuthorizationModel, typeName, relation string) *openfgav1.AuthorizationModel {
	kept := map[string]bool{}
	keep(model, typeName, relation, kept)
	part := proto.Clone(model).(*openfgav1.AuthorizationModel)
	for _, definition := range part.GetTypeDefinitions() {
		for name := range definition.GetRelations() {
			if !kept[definition.GetType()+"#"+name] {
				delete(definition.GetRelations(), name)
				delete(definition.GetMetadata().GetRelations(), name)
			}
		}
	}
	return part
}

func keep(model *openfgav1.AuthorizationModel, typeName, relation string, kept map[string]bool) {
	definition := typeOf(model, typeName)
	rewrite, exists := definition.GetRelations()[relation]
	if !exists || kept[typeName+"#"+relation] {
		return
	}
	kept[typeName+"#"+relation] = true
	follow(model, definition, relation, rewrite, kept)
}

func follow(model *openfgav1.AuthorizationModel, of *openfgav1.TypeDefinition, relation string, rewrite *openfgav1.Userset, kept map[string]bool) {
	switch rule := rewrite.GetUserset().(type) {
	case *openfgav1.Userset_This:
		for _, direct := range direct(of, relation) {
			keep(model, direct.GetType(), direct.GetRelation(), kept)
		}
	case *openfgav1.Userset_ComputedUserset:
		keep(model, of.GetType(), rule.ComputedUserset.GetRelation(), kept)
	case *openfgav1.Userset_TupleToUserset:
		tupleset := rule.TupleToUserset.GetTupleset().GetRelation()
		keep(model, of.GetType(), tupleset, kept)
		for _, parent := range direct(of, tupleset) {
			keep(model, parent.GetType(), rule.TupleToUserset.GetComputedUserset().GetRelation(), kept)
		}
	case *openfgav1.Userset_Union:
		for _, child := range rule.Union.GetChild() {
			follow(model, of, relation, child, kept)
		}
	case *openfgav1.Userset_Intersection:
		for _, child := range rule.Intersection.GetChild() {
			follow(model, of, relation, child, kept)
		}
	case *openfgav1.Userset_Difference:
		follow(model, of, relation, rule.Difference.GetBase(), kept)
		follow(model, of, relation, rule.Difference.GetSubtract(), kept)
	}
}

func direct(of *openfgav1.TypeDefinition, relation string) []*openfgav1.RelationReference {
	return of.GetMetadata().GetRelations()[relation].GetDirectlyRelatedUserTypes()
}

func typeOf(model *openfgav1.AuthorizationModel, name string) *openfgav1.TypeDefinition {
	for _, definition := range model.GetTypeDefinitions() {
		if definition.GetType() == name {
			return definition
		}
	}
	return nil
}
