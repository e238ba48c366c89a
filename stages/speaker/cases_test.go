package speaker

import (
	"slices"
	"strings"
	"testing"
)

// TestHardSpeakers promises what is difficult about speakers, in the notation of
// TestSpeakers.
func TestHardSpeakers(t *testing.T) {
	for name, test := range map[string]struct {
		article string
		want    []string
	}{
		"brothers of one surname": {`
			Anton Reyes and his brother Felix Reyes own the mill .
			{ Felix Reyes } < said > [ it would close ] .
			{ Anton } < said > [ it would not ] .`,
			[]string{"named person Felix Reyes", "surname person Anton Reyes"}},
		"two of one surname, told apart by first names only": {`
			Karen Voss runs the port . Dieter Voss , the mayor , runs the town .
			{ Karen Voss } < said > [ ships were late ] .
			{ Mayor Voss } < said > [ the town was patient ] .`,
			[]string{"named person Karen Voss", "surname person Dieter Voss"}},
		"his wife without a name": {`
			Peter Brandt lives in Oslo .
			{ His wife } < said > [ he was asleep ] .`,
			[]string{"nominal unnamed Peter Brandt's wife"}},
		"his wife with a name": {`
			Peter Brandt lives in Oslo with his wife , Clara .
			{ His wife } < said > [ he was asleep ] .`,
			[]string{"nominal person Clara"}},
		"his wife named before": {`
			Peter Brandt married Clara Brandt in May .
			{ His wife } < said > [ he was asleep ] .`,
			[]string{"nominal person Clara Brandt"}},
		"a month for a surname": {`
			Prime Minister Laura May met ministers in May .
			{ May } < said > [ the talks were hard ] .
			{ Mrs. May } < added > [ that they would go on ] .`,
			[]string{"surname person Laura May", "surname person Laura May"}},
		"a modal verb for a given name": {`
			Republican Will Stone opposed the bill .
			{ Stone } < said > [ it would fail ] .
			{ He } < hoped > [ for better ] .`,
			[]string{"surname person Will Stone", "pronoun person Will Stone"}},
		"an adjective for a surname": {`
			Senator Todd Young spoke in Ohio .
			{ Young } < said > [ it was late ] .`,
			[]string{"surname person Todd Young"}},
		"a pronoun for a surname, later": {`
			Vice Premier He Lifeng met Treasury Secretary Scott Ballard .
			{ He } < said > [ China was ready ] .
			{ Ballard } < praised > [ the talks ] .`,
			[]string{"pronoun person He Lifeng", "surname person Scott Ballard"}},
		"suffix": {`
			Robert Hale Jr. sued the bank .
			{ Hale } < said > [ it owed him ] .
			{ Robert Hale Jr. } < repeated > [ it ] .`,
			[]string{"surname person Robert Hale Jr.", "named person Robert Hale Jr."}},
		"particle": {`
			Ursula von der Brink leads the group .
			{ Von der Brink } < said > [ it was late ] .
			{ Ms. von der Brink } < said > [ it was early ] .`,
			[]string{"surname person Ursula von der Brink", "surname person Ursula von der Brink"}},
		"initials": {`
			J. P. Marlow wrote the report .
			{ Marlow } < said > [ it was late ] .
			{ John P. Marlow } < said > [ it was early ] .`,
			[]string{"surname person John P. Marlow", "named person John P. Marlow"}},
		"middle initial": {`
			{ Donald J. Kerr } < said > [ no ] .
			{ Donald Kerr } < said > [ yes ] .`,
			[]string{"named person Donald J. Kerr", "named person Donald J. Kerr"}},
		"hyphens": {`
			Jean-Luc Perrin-Dubois met Kim Ha-neul .
			{ Perrin-Dubois } < said > [ no ] .
			{ Kim } < said > [ yes ] .`,
			[]string{"surname person Jean-Luc Perrin-Dubois", "surname person Kim Ha-neul"}},
		"possessive": {`
			Scott Ballard 's plan was praised .
			{ Ballard } < said > [ it would work ] .`,
			[]string{"surname person Scott Ballard"}},
		"transliterations": {`
			{ Zoltán Kovács } < said > [ no ] .
			{ Zoltan Kovacs } < said > [ yes ] .`,
			[]string{"named person Zoltán Kovács", "named person Zoltán Kovács"}},
		"nickname between marks": {`
			Coach Ray " Thunder " Dolan leads the team .
			{ Dolan } < said > [ he was thrilled ] .`,
			[]string{`surname person Ray " Thunder " Dolan`}},
		"the agency with its acronym": {`
			The World Grain Council ( WGC ) met in Rome .
			{ The council } < warned > [ that prices would rise ] .
			{ The WGC } < said > [ so twice ] .`,
			[]string{"nominal organization World Grain Council", "named organization World Grain Council"}},
		"acronym before the name": {`
			{ The WGC } < warned > [ that prices would rise ] .
			The World Grain Council met in Rome .`,
			[]string{"named organization World Grain Council"}},
		"company by its first word": {`
			Halden Semiconductor Inc. fell in Oslo .
			{ Halden } < said > [ demand was strong ] .
			{ The company } < expects > [ growth ] .`,
			[]string{"named organization Halden Semiconductor Inc.", "nominal organization Halden Semiconductor Inc."}},
		"the ministry": {`
			{ China 's Commerce Ministry } < said > [ talks would go on ] .
			{ The ministry } < urged > [ patience ] .`,
			[]string{"named organization Commerce Ministry", "nominal organization Commerce Ministry"}},
		"places for governments": {`
			{ Washington } < wants > [ lower duties ] .
			{ The Kremlin } < denied > [ it ] .`,
			[]string{"named organization Washington", "named organization Kremlin"}},
		"outlet": {`
			< According to > { The Harbour Gazette } , [ the wall will be built ] .
			{ The newspaper } < said > [ work would begin in May ] .`,
			[]string{"named organization Harbour Gazette", "nominal organization Harbour Gazette"}},
		"poll": {`
			{ A poll published on Monday } < found > [ that most voters agreed ] .
			{ The poll } < showed > [ that some did not ] .`,
			[]string{"nominal organization poll", "nominal organization poll"}},
		"document": {`
			{ An internal memo } < states > [ that jobs would be lost ] .
			{ The memo } < says > [ so twice ] .`,
			[]string{"nominal organization internal memo", "nominal organization internal memo"}},
		"three joined": {`
			{ Marta Olsen , Peter Brandt and Karin Lund } < said > [ no ] .`,
			[]string{"named group Marta Olsen and Peter Brandt and Karin Lund"}},
		"joined by surnames": {`
			Marta Olsen met Peter Brandt .
			{ Olsen and Brandt } < agreed > [ to wait ] .
			{ Both } < said > [ it was late ] .`,
			[]string{"named group Marta Olsen and Peter Brandt", "pronoun group Marta Olsen and Peter Brandt"}},
		"they after a group": {`
			Farmers blocked the road to Lyon .
			{ They } < want > [ higher prices ] .`,
			[]string{"pronoun group farmers"}},
		"the spokesman of an organization": {`
			{ A spokesman for the World Grain Council } < said > [ no ] .
			{ The spokesman } < said > [ yes ] .
			{ He } < declined > [ to say more ] .`,
			[]string{"nominal unnamed spokesman for the World Grain Council", "nominal unnamed spokesman for the World Grain Council",
				"pronoun unnamed spokesman for the World Grain Council"}},
		"he after somebody unnamed": {`
			Peter Brandt lost the vote in Oslo .
			[ “ We lose money every day , ” ] { a guard at the station } < said > .
			[ “ It is grim , ” ] { he } < said > .`,
			[]string{"nominal unnamed guard at the station", "pronoun unnamed guard at the station"}},
		"unnamed kept apart": {`
			{ A senior official } < said > [ no ] .
			{ Another official } < said > [ yes ] .
			{ A second official } < said > [ perhaps ] .`,
			[]string{"nominal unnamed senior official", "nominal unnamed another official", "nominal unnamed second official"}},
		"unnamed are not the name nearby": {`
			Secretary Dana Whitlock flew to Geneva .
			{ An aide } < said > [ she was tired ] .
			{ A person close to Ms. Whitlock } < said > [ she was not ] .`,
			[]string{"nominal unnamed aide", "nominal unnamed person close to Dana Whitlock"}},
		"he in a quotation is not its speaker": {`
			Peter Brandt lost the vote in Oslo .
			[ “ He is tired , ” ] { Marta Olsen } < said > .
			[ “ And he is right , ” ] { she } < added > .`,
			[]string{"named person Marta Olsen", "pronoun person Marta Olsen"}},
		"first person outside quotations": {`
			{ We } < believe > [ the wall will hold ] .
			{ I } < doubt > [ it ] .`,
			[]string{"pronoun author author", "pronoun author author"}},
		"title after a comma": {`
			{ Park Jun-ho , South Korea 's trade minister } < said > [ no ] .
			{ The trade minister } < said > [ yes ] .
			{ The minister } < said > [ perhaps ] .`,
			[]string{"named person Park Jun-ho", "nominal person Park Jun-ho", "nominal person Park Jun-ho"}},
		"role in a relative clause": {`
			Lena Marsh , who is the chief executive of Halden , spoke in Oslo .
			{ The chief executive } < said > [ demand was strong ] .`,
			[]string{"nominal person Lena Marsh"}},
		"continued over paragraphs": {`
			[ “ We will not be spectators , ” ] { Sigrun Halldal } < said > .

			[ “ That ends this spring . ]

			[ “ I am proud of it . ” ]`,
			[]string{"named person Sigrun Halldal", "continued person Sigrun Halldal", "continued person Sigrun Halldal"}},
		"a quotation of nobody": {`
			The market was quiet .

			[ “ Nothing ever happens here . ” ]`,
			[]string{"none"}},
		"senators by office": {`
			Sen. Ruth Abelard , D-Ohio , opposed Rep. Tom Kerr .
			{ The senator } < said > [ no ] .
			{ The congressman } < said > [ yes ] .`,
			[]string{"nominal person Ruth Abelard", "nominal person Tom Kerr"}},
		"transcript": {`
			Mayor Ines Calder and Councillor Peter Brewis met on Saturday .

			{ MAYOR CALDER } < : > [ The wall protects us . ]

			{ BREWIS } < : > [ It is a monument to panic . ]

			{ CALDER } < : > [ The engineers disagree . ]`,
			[]string{"surname person Ines Calder", "surname person Peter Brewis", "surname person Ines Calder"}},
		"transcript before the name": {`
			{ FENWICK } < : > [ I want a deal . ]

			Moira Fenwick spoke to the paper on Monday .`,
			[]string{"surname person Moira Fenwick"}},
		"transcript of agencies": {`
			{ NASA } < said > [ the launch was late ] .`,
			[]string{"named organization NASA"}},
		"title and owner before the name": {`
			{ Japan 's chief cabinet secretary , Kenji Morimoto , } < said > [ no ] .
			{ Olsen 's mother , Clara Olsen , } < said > [ yes ] .
			Marta Olsen spoke in Oslo .`,
			[]string{"named person Kenji Morimoto", "named person Clara Olsen"}},
		"whom a letter goes to is not its writer": {`
			Sir Graham Whitcombe has resigned in London .
			In a letter to the prime minister , { Sir Graham } < said > [ it was late ] .`,
			[]string{"surname person Graham Whitcombe"}},
		"a title of honour between office and name": {`
			The cabinet secretary , Dame Helen Foss , warned them in January .
			{ The cabinet secretary } < said > [ no ] .`,
			[]string{"nominal person Helen Foss"}},
		"outlet in apposition": {`
			{ The North 's state media , the Korean Central News Agency , } < denied > [ the flights ] .`,
			[]string{"named organization Korean Central News Agency"}},
		"company by its ending": {`
			Rival Norvik AG fell in Oslo .
			{ Norvik } < said > [ demand was strong ] .`,
			[]string{"named organization Norvik AG"}},
		"party that reads like a surname": {`
			{ Labour } < said > [ the minister should go ] .`,
			[]string{"named organization Labour"}},
		"unrelated people of one surname": {`
			{ Kim Yo-ran , the sister of the leader , } < said > [ no ] .

			{ Park Chul-soo } < said > [ perhaps ] .

			{ Kim Dong-wook , a lawmaker , } < said > [ yes ] .
			{ Kim } < said > [ so twice ] .`,
			[]string{"named person Kim Yo-ran", "named person Park Chul-soo", "named person Kim Dong-wook", "surname person Kim Dong-wook"}},
		"particles within a name": {`
			{ María del Carmen Santos } < said > [ no ] .
			{ Santos } < said > [ yes ] .`,
			[]string{"named person María del Carmen Santos", "surname person María del Carmen Santos"}},
		"particle with a capital": {`
			{ Dr. Marwan al-Khatib , director of the hospital , } < said > [ no ] .
			{ Al-Khatib } < said > [ yes ] .`,
			[]string{"named person Marwan al-Khatib", "surname person Marwan al-Khatib"}},
		"they after two with offices": {`
			National security adviser Daniel Hartmann and Secretary of State Louise Carter spoke on Monday .
			{ They } < said > [ it was late ] .`,
			[]string{"pronoun group Daniel Hartmann and Louise Carter"}},
		"the two countries": {`
			{ Egypt and Qatar } < condemned > [ the strike ] .
			{ The two countries } < said > [ talks would go on ] .`,
			[]string{"named group Egypt and Qatar", "nominal group Egypt and Qatar"}},
		"the chief of an office": {`
			Treasury Secretary Dale Brandt spoke on Monday .
			It was a long day .
			The markets were quiet .
			{ The Treasury chief } < said > [ no ] .
			{ Beatriz Nogueira , chief economist at Halden , } < said > [ yes ] .`,
			[]string{"nominal person Dale Brandt", "named person Beatriz Nogueira"}},
		"the central bank": {`
			The Federal Reserve met on Monday .
			{ The central bank } < said > [ risks were balanced ] .`,
			[]string{"nominal organization Federal Reserve"}},
		"the group": {`
			{ Hamas } < denied > [ the accusation ] .
			{ The group } < said > [ it was not there ] .`,
			[]string{"named organization Hamas", "nominal organization Hamas"}},
		"another is nobody's he": {`
			{ Peter Whitcombe } < said > [ no ] .
			{ Another } < said > [ yes ] .
			{ His brother-in-law , Toby Marchetti , } < said > [ perhaps ] .
			{ He } < said > [ so twice ] .`,
			[]string{"named person Peter Whitcombe", "nominal unnamed another", "named person Toby Marchetti", "pronoun person Toby Marchetti"}},
		"interview": {`
			Lucía Fernández runs the largest utility in Chile .

			{ Q } < : > [ Why did Andrés Valdivia resign ? ]

			{ A } < : > [ Ask Andrés Valdivia . ]`,
			[]string{"nominal author author", "nominal person Lucía Fernández"}},
		"a label that nothing explains": {`
			{ TAPPER } < : > [ Welcome back . ]

			{ SEN. O'BRIEN-HALL } < : > [ Thank you . ]

			{ REPORTER } < : > [ Is it late ? ]

			{ TAPPER } < : > [ It is . ]`,
			[]string{"surname person Tapper", "named person O'Brien-Hall", "nominal unnamed reporter", "surname person Tapper"}},
		"by where somebody is from": {`
			Carlos Ancelmi was furious after the match in Valencia .
			{ The Italian } < said > [ it was a joke ] .
			Sen. John Cardwell , R-Texas , spoke next in Austin .
			{ The Texas Republican } < said > [ it was not ] .
			{ The French } < said > [ no ] .`,
			[]string{"nominal person Carlos Ancelmi", "nominal person John Cardwell", "named group French"}},
		"by a former occupation": {`
			Tomas Baraja praised his players on Sunday .
			{ The former midfielder } < said > [ they gave everything ] .
			{ The heckler } < said > [ they did not ] .
			{ Mr. Baraja 's agent } < said > [ perhaps ] .`,
			[]string{"nominal person Tomas Baraja", "nominal unnamed heckler", "nominal unnamed Tomas Baraja's agent"}},
		"a shadow minister is no minister": {`
			{ The home secretary } < defended > [ the plan ] on Monday .
			Speaking in the Commons , Priya Nair said nobody wanted hotels .
			But the shadow home secretary , Robert Finch , accused her of chaos .
			{ The shadow home secretary } < said > [ so twice ] .
			{ The home secretary } < denied > [ it ] .`,
			[]string{"nominal unnamed home secretary", "nominal person Robert Finch", "nominal unnamed home secretary"}},
		"they are not what they speak of": {`
			Analysts at Carrow Bank cut their rating to sell on Friday .
			[ “ Management credibility is in tatters , ” ] { they } < wrote > in a note to clients .`,
			[]string{"pronoun group analysts"}},
		"described first, named next": {`
			Minister quits

			{ Turkey 's justice minister } < rejected > [ the criticism ] .

			Yusuf Tekinalp told reporters that it was late .
			{ The minister } < said > [ so twice ] .`,
			[]string{"nominal person Yusuf Tekinalp", "nominal person Yusuf Tekinalp"}},
		"described first, another named next": {`
			Minister quits

			{ Turkey 's justice minister } < rejected > [ the criticism ] .

			Prosecutor Yusuf Tekinalp told reporters that it was late .`,
			[]string{"nominal unnamed Turkey's justice minister"}},
		"company by what stands before its name": {`
			The state oil company Petrolar , based in Rio , has fired its boss .
			{ Petrolar } < declined > [ to comment ] .
			{ The Rio-based producer } < said > [ the board would meet ] .`,
			[]string{"named organization Petrolar", "nominal organization Petrolar"}},
		"whom a board appoints is no board": {`
			The board Whitlock appointed met on Monday .
			{ Whitlock } < said > [ it was late ] .`,
			[]string{"named person Whitlock"}},
		"occupation at the beginning": {`
			{ Striker Vinicius Torres } < said > [ it was late ] .`,
			[]string{"named person Vinicius Torres"}},
		"it is not the owner": {`
			{ Russia 's Defense Ministry } < denied > [ that ] .
			{ It } < said > [ the troops had left ] .`,
			[]string{"named organization Defense Ministry", "pronoun organization Defense Ministry"}},
		"it is what does something": {`
			Halden Inc. has sued the Norvik Group in a court in Oslo .
			{ It } < said > [ the patent was its own ] .`,
			[]string{"pronoun organization Halden Inc."}},
		"they are who spoke": {`
			{ Union leaders } < said > [ the vote was fair ] .
			The plant employs workers from three towns .
			{ They } < called > [ for talks ] .`,
			[]string{"nominal group union leaders", "pronoun group union leaders"}},
		"described first, named next, another of that office later": {`
			Truce is extended

			{ Pakistan 's deputy prime minister } < announced > [ a truce ] .

			Ishaq Darani told parliament that it was late .
			{ Indian Prime Minister Naren Mohan } < said > [ so twice ] .`,
			[]string{"nominal person Ishaq Darani", "named person Naren Mohan"}},
		"she and somebody": {`
			{ Irene Esteves , the finance chief , } < said > [ no ] .
			{ She and Patrick Shaw } < said > [ yes ] .`,
			[]string{"named person Irene Esteves", "named group Irene Esteves and Patrick Shaw"}},
		"the pair": {`
			Marine Lefèvre and Jean-Luc Morel voted against it in Paris .
			{ The pair } < denied > [ an alliance ] .`,
			[]string{"nominal group Marine Lefèvre and Jean-Luc Morel"}},
		"the regulator": {`
			{ The Federal Aviation Administration } < said > [ no ] .
			{ The regulator } < said > [ yes ] .`,
			[]string{"named organization Federal Aviation Administration", "nominal organization Federal Aviation Administration"}},
		"letters behind a name": {`
			{ The barrister , Fiona Neale KC , } < said > [ no ] .`,
			[]string{"named person Fiona Neale"}},
		"interview with full stops": {`
			Amara Okafor heads the programme in Accra .

			{ Q. } < . > [ What changed ? ]

			{ A. } < . > [ Two things . ]`,
			[]string{"nominal author author", "nominal person Amara Okafor"}},
		"he who is called He": {`
			Chinese Vice Minister He Wenbo welcomed the pause in Beijing .
			[ “ A tax that sleeps is still a tax , ” ] { He } < said > .`,
			[]string{"surname person He Wenbo"}},
		"relative clause of somebody unnamed": {`
			{ A guard at the station , who asked not to be named , } < said > [ it was late ] .
			A guard at the station , { who } < asked > [ not to be named ] , left .`,
			[]string{"nominal unnamed guard at the station", "pronoun unnamed guard at the station"}},
		"somebody's words": {`
			Marta Olsen spoke in Oslo on Saturday .
			{ Her remarks on Saturday } < suggested > [ that she would go ] .
			{ Ms. Olsen 's speech } < promised > [ help ] .
			{ Ms. Olsen 's book } < says > [ otherwise ] .`,
			[]string{"nominal person Marta Olsen", "nominal person Marta Olsen", "nominal organization Olsen's book"}},
		"ranks": {`
			{ Retired generals and admirals } < said > [ no ] .
			{ They } < want > [ a vote ] .`,
			[]string{"nominal group retired generals and admirals", "pronoun group retired generals and admirals"}},
		"one named of many": {`
			{ Economists such as Gustav Arnheim } < warn > [ that it will fail ] .`,
			[]string{"named person Gustav Arnheim"}},
		"object is not he": {`
			Oliver Pryce accused Daniel Okoro of cowardice .
			{ He } < said > [ the strike was cruel ] .`,
			[]string{"pronoun person Oliver Pryce"}},
		"both surnames in full, then the first": {`
			{ Gustavo Andrés Mejía Rojas } < said > [ the border would open ] .
			{ Mejía } < called > [ it a day of joy ] .`,
			[]string{"named person Gustavo Andrés Mejía Rojas", "surname person Gustavo Andrés Mejía Rojas"}},
		"joined, each with a description": {`
			{ Zhang Wei , a professor at Renmin University , and Li Na , a researcher with the academy , } < said > [ the mood had changed ] .`,
			[]string{"named group Zhang Wei and Li Na"}},
		"joined with a counterpart": {`
			{ President Andrés Mejía and his counterpart , Nicolás Herrera , } < announced > [ that the border would open ] .`,
			[]string{"named group Andrés Mejía and Nicolás Herrera"}},
		"joined secretaries of state": {`
			{ Secretary of State John Ballard and Foreign Minister Marta Olsen } < agreed > [ to meet ] .`,
			[]string{"named group John Ballard and Marta Olsen"}},
		"an office, its owner and a title before the name": {`
			{ Qatar 's prime minister , Sheikh Hamad bin Khalid , } < said > [ gaps remained ] .`,
			[]string{"named person Hamad bin Khalid"}},
		"member of parliament": {`
			{ Conservative MP Jane Ashby } < said > [ it was a shambles ] .
			{ The MP } < added > [ that it would pass ] .`,
			[]string{"named person Jane Ashby", "nominal person Jane Ashby"}},
		"another official": {`
			{ A Swedish border official } < said > [ no ] .
			{ The Danish coastguard official } < said > [ yes ] .
			{ The border official } < said > [ perhaps ] .`,
			[]string{"nominal unnamed Swedish border official", "nominal unnamed Danish coastguard official", "nominal unnamed Swedish border official"}},
		"described later": {`
			Prime Minister Oliver Cray spoke in Leeds .
			{ The prime minister } < said > [ it was late ] .
			{ One cabinet minister } < said > [ it was brutal ] .`,
			[]string{"nominal person Oliver Cray", "nominal unnamed cabinet minister"}},
		"ministries kept apart": {`
			{ Egypt 's Foreign Ministry } < said > [ talks would go on ] .
			{ The Gaza health ministry } < says > [ many were hurt ] .
			{ The ministry } < said > [ so twice ] .`,
			[]string{"named organization Foreign Ministry", "nominal organization Gaza health ministry", "nominal organization Foreign Ministry"}},
		"company whose name holds a word of offices": {`
			Voltra Motors Co. will cut jobs , { the company } < said > [ on Thursday ] .`,
			[]string{"nominal organization Voltra Motors Co."}},
		"a bank without a name": {`
			Turkey 's central bank left its rate unchanged on Thursday .
			{ The bank } < said > [ risks had grown ] .
			{ It } < added > [ that it would act ] .`,
			[]string{"nominal organization Turkey's central bank", "pronoun organization Turkey's central bank"}},
		"unnamed, though only the name was taken for the source": {`
			Secretary Dana Whitlock flew to Geneva .
			A source close to { Whitlock } < said > [ she was tired ] .`,
			[]string{"nominal unnamed source close to Dana Whitlock"}},
		"a partner that is a company": {`
			{ Its Kenyan partner , Rift Holdings Ltd , } < declined > [ to comment ] .`,
			[]string{"named organization Rift Holdings Ltd"}},
		"company of works": {`
			{ China Road Works } < said > [ it respected the ruling ] .
			{ The Chinese company } < said > [ work would stop ] .`,
			[]string{"named organization China Road Works", "nominal organization China Road Works"}},
		"society": {`
			{ The Law Society of Kenya } < welcomed > [ the decision ] .
			{ The society } < had warned > [ of it ] .`,
			[]string{"named organization Law Society of Kenya", "nominal organization Law Society of Kenya"}},
		"a name in capitals only": {`
			{ JAKE HOLLANDER } < : > [ Good morning . ]

			{ HOLLANDER } < : > [ Will it pass ? ]`,
			[]string{"surname person Jake Hollander", "surname person Jake Hollander"}},
		"owners as written": {`
			Senator Paul Novak will run again .
			{ Mr. Novak 's supporters } < said > [ he would win ] .
			{ His lawyer } < said > [ he was well ] .
			{ His advisers } < said > [ little ] .`,
			[]string{"nominal group Novak's supporters", "nominal unnamed Paul Novak's lawyer", "nominal group Novak's advisers"}},
		"campaigns kept apart": {`
			{ The Novak campaign } < said > [ yes ] .
			{ The Olsen campaign } < said > [ no ] .`,
			[]string{"nominal organization Novak campaign", "nominal organization Olsen campaign"}},
		"new is no part of a name": {`
			{ A new Harbour Gazette poll } < showed > [ that he led ] .
			{ The New Delhi office } < said > [ so ] .`,
			[]string{"nominal organization Harbour Gazette poll", "nominal organization New Delhi office"}},
		"the family name is the first": {`
			Gao Mingze spoke in Leeds .
			{ Mr. Gao } < said > [ it was late ] .`,
			[]string{"surname person Gao Mingze"}},
		"described, then named at the end": {`
			{ Another delegate on the Novak slate , Jan Poel , } < said > [ it was unfair ] .`,
			[]string{"named person Jan Poel"}},
		"two with what they are behind them": {`
			{ Nina Holt and Jan Poel , two of the survivors , } < said > [ it was dark ] .`,
			[]string{"named group Nina Holt and Jan Poel"}},
		"two behind what they are": {`
			{ Her opponents , Nina Holt and Jan Poel , } < said > [ it was late ] .`,
			[]string{"named group Nina Holt and Jan Poel"}},
		"one of two professions": {`
			{ Nina Holt , the head of a shipping firm and a prominent donor , } < said > [ it was late ] .`,
			[]string{"named person Nina Holt"}},
		"some named and others": {`
			Mr. Novak and Nina Holt spoke in Leeds .
			{ Novak and other donors in the north } < agreed > [ to pay ] .`,
			[]string{"named group Novak and other donors in the north"}},
		"the two": {`
			Nina Holt and Jan Poel met in Leeds .
			{ The two } < agreed > [ to meet again ] .
			{ The two voters } < agreed > [ to vote ] .`,
			[]string{"nominal group Nina Holt and Jan Poel", "nominal group Nina Holt and Jan Poel"}},
		"brothers": {`
			Peter Brandt and Oliver Pryce met Daniel Pryce .
			{ The brothers } < said > [ it was late ] .`,
			[]string{"nominal group Oliver Pryce and Daniel Pryce"}},
		"even members": {`
			{ Even members of the party } < doubt > [ it ] .
			{ People who heard it } < say > [ it was loud ] .`,
			[]string{"nominal group members of the party", "nominal group people who heard it"}},
		"parties told apart": {`
			{ Democratic leaders } < said > [ no ] .
			{ The Republican leaders } < said > [ yes ] .`,
			[]string{"nominal group Democratic leaders", "nominal group Republican leaders"}},
		"which is no person": {`
			Jan Poel , of the Harbour Gazette , { which } < opposed > [ the plan ] , resigned .`,
			[]string{"pronoun organization Harbour Gazette"}},
		"verb joined to the one before": {`
			Nina Holt visited the port and < praised > [ its workers ] .
			Nina Holt spoke in Leeds , < saying > [ it was late ] .
			The port was < said > [ to be shut ] .`,
			[]string{"continued person Nina Holt", "continued person Nina Holt", "none"}},
		"as, which opens a sentence": {`
			As Harbour Gazette < reported > [ he led ] .
			{ Harbour Gazette } < reported > [ it again ] .`,
			[]string{"none", "named organization Harbour Gazette"}},
		"he is the last speaker": {`
			{ Daniel Okoro } < said > [ the talks had failed because of Oliver Pryce ] .
			{ He } < added > [ that nobody was surprised ] .`,
			[]string{"named person Daniel Okoro", "pronoun person Daniel Okoro"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := written(t, test.article)
			annotate(t, doc)
			if got := answers(doc); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q\nin %s", got, test.want, strings.ReplaceAll(test.article, "\t", ""))
			}
		})
	}
}
