package quote

import (
	"strings"
	"testing"

	"onrecord/corpus"
)

// TestDirectSpeech reads raw texts as newspapers of several countries print speech, and
// asks for every direct statement and for nothing else that is direct.
func TestDirectSpeech(t *testing.T) {
	run := chain(t, before...)
	quote, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"a verb like a noun", "“The ferry is the only link to the coast,” Marlow notes.",
			"Marlow: “The ferry is the only link to the coast,”\n"},
		{"a verb like its noun", "The mayor is glad.\n\n“If the council wants the money, it should act like a council,” the editorial read.",
			"the editorial: “If the council wants the money, it should act like a council,”\n"},
		{"a verb like a noun before a colon", `The letter, seen by the Courier, states: "The company knew of the risk."`,
			"The letter, seen by the Courier: \"The company knew of the risk.\"\n"},
		{"a number that speaks", "“Your rule changed twice within a week,” the two write.",
			"the two: “Your rule changed twice within a week,”\n"},
		{"a word shouted", "“Who is going to pay for it?” the mayor asked.\n\n“Nobody!” the crowd screamed back.",
			"the mayor: “Who is going to pay for it?”\nthe crowd: “Nobody!”\n"},
		{"a question, and the sentence goes on", `"You winning?" she said, but nobody in the room laughed.`,
			"she: \"You winning?\"\n"},
		{"a gesture between", `"It was cold," she said. "We had no coats." Her brother, who is 12, nodded. "We were scared," he said.`,
			"she: \"It was cold,\" \"We had no coats.\"\nhe: \"We were scared,\"\n"},
		{"a sentence between", `"The talks," she said, "were a waste of time." Her deputy disagreed. "We made progress," he insisted.`,
			"she: \"The talks,\" \"were a waste of time.\"\nhe: \"We made progress,\"\n"},
		{"a full stop by a slip", `"We saw nothing of it at all." Hale said.`,
			"Hale: \"We saw nothing of it at all.\"\n"},
		{"British", "‘I don’t know what to say,’ said Mrs Poole, 54. ‘The workers’ rights were ignored.’\n\n‘They’ve told us nothing,’ her husband added.",
			"Mrs Poole, 54: ‘I don’t know what to say,’ ‘The workers’ rights were ignored.’\nher husband: ‘They’ve told us nothing,’\n"},
		{"British, straight, with the comma outside", "The prime minister's spokesman said: 'We are clear that the talks must be held in public.'\n\n'That's a promise', he added.",
			"The prime minister's spokesman: 'We are clear that the talks must be held in public.'\nhe: 'That's a promise'\n"},
		{"wire copy", "NAIROBI (AP) - A bus plunged into a river on Thursday.\n\n\"The driver lost control on a bend,\" said regional police commander Peter Odhiambo. \"We have recovered 12 bodies.\"\n\n\"I shouted at him to slow down,\" Grace Wanjiru told The Associated Press.",
			"regional police commander Peter Odhiambo: \"The driver lost control on a bend,\" \"We have recovered 12 bodies.\"\nGrace Wanjiru: \"I shouted at him to slow down,\"\n"},
		{"two short ones", "“Why now?” asked one voter. “Why not,” answered another.",
			"one voter: “Why now?”\nanother: “Why not,”\n"},
		{"one word", "“No,” replied Ada Moore, president of the port authority.",
			"Ada Moore, president of the port authority: “No,”\n"},
		{"short before a cue within", `"The army," she continued, "has orders not to shoot. If they do, I will resign".`,
			"she: \"The army,\" \"has orders not to shoot. If they do, I will resign\"\n"},
		{"the verb first, and a colon", "The envoy was late.\n\nSaid Diallo: \"We have waited for the whole of the day.\"",
			"Diallo: \"We have waited for the whole of the day.\"\n"},
		{"quoted as saying", `"Prices have trebled," the deputy was quoted as saying by the state news agency.`,
			"the deputy: \"Prices have trebled,\"\n"},
		{"an unclosed one, and its speaker", "\"The crew told us so on Friday, she said.\n\n\"Nobody asked us about the harbour,\" said Tom Arden.",
			"she: \"The crew told us so on Friday,\nTom Arden: \"Nobody asked us about the harbour,\"\n"},
		{"an unclosed straight one before a curly one", "\"The train was late that day.\n\n“It never crossed my mind to wait,” she said.",
			"she: “It never crossed my mind to wait,”\n"},
		{"a heading in single marks", "\"There will be nobody left to stop the guns in this town,\" Holm said.\n\n'A fight from start to finish and beyond'\n\nThe talks were long.",
			"Holm: \"There will be nobody left to stop the guns in this town,\"\n"},
		{"a new speaker ahead of the next paragraph's speech", "\"We trust this company and all who work in it,\" Carson replied.\n\nThe crowd outside the hall was silent for a while. \"Is this not a question of your own judgment?\"",
			"Carson: \"We trust this company and all who work in it,\"\n"},
		{"nested marks of two kinds", "The article read: “The ministry has said, ‘We shall see,'” and gave no name.",
			"The article: “The ministry has said, ‘We shall see,'”\n"},
		{"several paragraphs, the speaker in the last", "\"We met the delegation on Monday and the talks went well.\n\n\"There is more to do, but the ferry will sail again,\" Harbour Minister Dana Whitlow told Reuters in Oslo.",
			"Harbour Minister Dana Whitlow: \"We met the delegation on Monday and the talks went well. \"There is more to do, but the ferry will sail again,\"\n"},
		{"a source that asks for no name", "“The talks failed because nobody trusted anybody,” a senior official, who declined to be named, told reporters.",
			"a senior official: “The talks failed because nobody trusted anybody,”\n"},
		{"a programme's name", "Holm told the BBC's Today programme: \"I don't believe that either side wants war.\"",
			"Holm: \"I don't believe that either side wants war.\"\n"},
		{"written", `The defence minister wrote on X: "Our forces will hold the line."`,
			"The defence minister: \"Our forces will hold the line.\"\n"},
		{"the comma outside, around the cue", `"Either they pay", warned Osei, "or we stop the trains".`,
			"Osei: \"Either they pay\" \"or we stop the trains\"\n"},
		{"a headline with the name behind", "\"It's a dark day for all\": Reyes\n\nThe talks are over.",
			"Reyes: \"It's a dark day for all\"\n"},
		{"an answer that quotes", "Q: Did you think of leaving?\n\nA: \"Never,\" I told my wife.\n\nQ: Why?\n\nA: I love the town.", ""},
		{"an interview of named speakers", "Courier: Do you have the letter?\n\nAmos: I have it here.\n\nCourier: Please read it.\n\nAmos: \"We accept the terms.\"",
			"Amos: \"We accept the terms.\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := run(c.text)
			if err := quote(doc); err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, st := range doc.Statements {
				if st.Kind == corpus.Direct {
					got.WriteString(texts(doc.Text, st.Source) + ": " + strings.ReplaceAll(texts(doc.Text, st.Content), " || ", " ") + "\n")
				}
			}
			if got.String() != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.text, got.String(), c.want)
			}
		})
	}
}

// TestTurns reads labelled paragraphs: those of an interview are turns, others are not.
func TestTurns(t *testing.T) {
	run := chain(t, before...)
	quote, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		want       []string // sources of turns
	}{
		{"Q and A", "Q: Did it rain?\n\nA: It did.\n\nQ: Much?\n\nA: It rained all day.", []string{"Q", "A", "Q", "A"}},
		{"full stops", "Q. Did it rain?\n\nA. It did.\n\nQ. Much?\n\nA. It rained all day.", []string{"Q.", "A.", "Q.", "A."}},
		{"names", "Courier: Did it rain?\n\nAmos: It did.\n\nCourier: For how long did it rain?\n\nAmos: It rained all day.", []string{"Courier", "Amos", "Courier", "Amos"}},
		{"surnames of names in capitals", "JANE DOE, HOST: Did it rain?\n\nJOHN ROE: It did.\n\nDOE: Much?\n\nROE: It rained all day.", []string{"JANE DOE, HOST", "JOHN ROE", "DOE", "ROE"}},
		{"a table", "Ashby: 45 percent\n\nBurton: 40 percent\n\nAshby: 47 percent\n\nBurton: 41 percent", nil},
		{"one label that comes back", "Update: The road is open.\n\nUpdate: The road is closed.", nil},
		{"labels that do not", "Winner: The mayor gained votes.\n\nLoser: The deputy lost votes.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := run(c.text)
			if err := quote(doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, st := range doc.Statements {
				if st.Rule == turnRule {
					got = append(got, texts(doc.Text, st.Source))
				}
			}
			if strings.Join(got, "; ") != strings.Join(c.want, "; ") {
				t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}
